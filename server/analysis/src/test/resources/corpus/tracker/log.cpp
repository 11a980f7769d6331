#include "log.hpp"

#include <algorithm>
#include <cstdio>

#include "result.hpp"

namespace tracker {
namespace {

constexpr std::size_t kLogBytes = 10 * 512;
alignas(512) std::uint8_t logArea[kLogBytes];

}  // namespace

bool Log::begin() {
    return mvServerLoggingInit(logArea, sizeof(logArea)) == MV_STATUS_OKAY;
}

void Log::write(std::string_view text) {
    (void)mvServerLog(reinterpret_cast<const std::uint8_t *>(text.data()), static_cast<std::uint16_t>(text.size()));
}

void Log::format(const char *format, ...) {
    char line[200];
    std::va_list args;
    va_start(args, format);
    int length = std::vsnprintf(line, sizeof(line), format, args);
    va_end(args);
    if (length > 0) {
        write(std::string_view(line, std::min<std::size_t>(static_cast<std::size_t>(length), sizeof(line) - 1)));
    }
}

}  // namespace tracker
