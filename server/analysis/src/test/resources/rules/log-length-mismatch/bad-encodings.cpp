#include <cstring>
#include "mv_syscalls.h"

void allLie() {
    (void)mvServerLog((const uint8_t *)"21 °C", 5); // expect: log-length-mismatch
    (void)mvServerLog((const uint8_t *)R"({"t":21})", 10); // expect: log-length-mismatch
    (void)mvServerLog((const uint8_t *)"\u00e9\n", 2); // expect: log-length-mismatch
    (void)mvServerLog((const uint8_t *)u8"ab", 4); // expect: log-length-mismatch
}
