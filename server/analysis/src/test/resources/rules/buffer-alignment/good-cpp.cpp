#include <stdint.h>
#include "mv_syscalls.h"

namespace log {
constexpr uint32_t SIZE = 2 * 512;
static const int ALIGN = 512;

alignas(512) static uint8_t by_keyword[SIZE];
static uint8_t after[SIZE] __attribute__((aligned(ALIGN)));

class Logger {
  public:
    bool start() {
        return mvServerLoggingInit(buffer_, sizeof(buffer_)) == MV_STATUS_OKAY;
    }

  private:
    alignas(512) uint8_t buffer_[SIZE];
};

static Logger logger;

MvStatus start() {
    MvStatus status = mvServerLoggingInit(by_keyword, SIZE);
    if (status == MV_STATUS_OKAY) {
        status = mvServerLoggingInit(after, SIZE);
    }
    return logger.start() ? status : MV_STATUS_UNAVAILABLE;
}
} // namespace log
