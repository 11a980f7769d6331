#include "types.h"

/* Milliseconds since Microvisor started: good enough for a table of periods. */
U32 CLK_Now(void) {
    uint64_t u64Us = 0;
    (void)mvGetMicroseconds(&u64Us);
    return (U32)(u64Us / 1000u);
}
