#include "mv_syscalls.h"
#include <cstring>

static const char degrees[] = "21 °C";

static void say(const char *text, uint16_t length) {
    (void)mvServerLog((const uint8_t *)text, length);
}

void allAreAsLongAsTheySay() {
    say("é", 2);
    say("21 °C", 6);
    say("21 °C", strlen("21 °C"));
    say(degrees, sizeof(degrees) - 1);
    say("\u00e9\n", 3);
    say("\U0001F600", 4);
    say("\x1b[0m", 4);
    say("\33[0m\a", 5);
    say(R"({"t":21})", 8);
    say(R"json({"t":"\n"})json", 10);
    say(R"(°)", 2);
    say("ab" "cd", 4);
    say("ab" R"(c\n)", 5);
    say("\x41" "BC", 3);
    say(u8"ab", 2);
    say((const char *)L"ab", 8);
    say((const char *)U"ab", 8);
    say((const char *)u"ab", 4);
}
