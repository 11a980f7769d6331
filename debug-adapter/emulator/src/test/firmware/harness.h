/*
 * What the programs share that run random code from a table and print what it did. The emulator and
 * QEMU's Cortex-M33 run the same image; their output must be the same. The table lies 32 KiB into ROM.
 */
#include <stdint.h>

#define TABLE ((const uint32_t *)0x10008000)

extern uint32_t __stack_top, __data_load, __data_start, __data_end, __bss_start, __bss_end;

static int semihost(int op, const void *argument)
{
    register int r0 __asm__("r0") = op;
    register const void *r1 __asm__("r1") = argument;
    __asm__ volatile("bkpt 0xab" : "+r"(r0) : "r"(r1) : "memory");
    return r0;
}

static uint32_t mix(uint32_t hash, const void *bytes, int words)
{
    const uint32_t *word = bytes;
    while (words-- > 0) {
        hash = (hash ^ *word++) * 16777619u;
        hash ^= hash >> 15;
    }
    return hash;
}

static void print_hex(uint32_t value, char end)
{
    char text[10];
    for (int i = 0; i < 8; i++) {
        text[i] = "0123456789abcdef"[value >> (28 - 4 * i) & 15];
    }
    text[8] = end;
    text[9] = 0;
    semihost(4, text);
}

__attribute__((unused)) static void print_words(const void *words, unsigned count)
{
    for (unsigned k = 0; k < count; k++) {
        print_hex(((const uint32_t *)words)[k], ' ');
    }
}

/* Copies .data and switches the floating-point unit on. */
static void start(void)
{
    for (uint32_t *from = &__data_load, *to = &__data_start; to < &__data_end;) {
        *to++ = *from++;
    }
    *(volatile uint32_t *)0xE000ED88 |= 0xFu << 20;
    __asm__ volatile("dsb; isb");
}

__attribute__((noreturn)) static void finish(void)
{
    int block[2] = {0x20026, 0};
    semihost(0x20, block);
    for (;;) {
    }
}
