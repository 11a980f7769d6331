#include <stdint.h>
#include "mv_syscalls.h"

namespace log {
constexpr uint32_t SIZE = 2 * 512;
alignas(64) static uint8_t space[SIZE]; // expect: buffer-alignment

class Logger {
  public:
    Logger(uint8_t *buffer, uint32_t size) : buffer_(buffer), size_(size) {}
    static bool start() {
        return mvServerLoggingInit(space, SIZE) == MV_STATUS_OKAY;
    }

  private:
    uint8_t *buffer_;
    uint32_t size_;
};
} // namespace log
