#include "mv_syscalls.h"

static const char name[] = "unit";

void greet(void) {
    static char wide[64] = "---- started ----";
    (void)mvServerLog((const uint8_t *)wide, sizeof(wide)); // expect: log-length-mismatch
    (void)mvServerLog((const uint8_t *)name, sizeof(name) - 1);
}
