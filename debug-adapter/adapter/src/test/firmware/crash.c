/* Writes to memory of Microvisor, three calls deep. */
#include <stdint.h>
static int poison(volatile uint32_t *where, int depth) {
    if (depth > 0) { return poison(where, depth - 1) + 1; }
    *where = 42;
    return 0;
}
int main(void) {
    return poison((volatile uint32_t *)0x20080000u, 2);
}
