/* Calls itself until the stack pointer goes below its limit. */
volatile int depth;

int deeper(int n) {
    volatile int room[64];
    room[n & 63] = n;
    depth = n;
    return deeper(n + 1) + room[n & 63];
}

int main(void) {
    __asm volatile("msr msplim, %0" : : "r"((char *)__builtin_frame_address(0) - 4096));
    return deeper(1);
}
