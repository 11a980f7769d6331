#pragma once

#include <cstdarg>
#include <cstdint>
#include <string_view>

namespace tracker {

class Log {
public:
    static bool begin();
    static void write(std::string_view text);
    static void format(const char *format, ...) __attribute__((format(printf, 1, 2)));
};

}  // namespace tracker
