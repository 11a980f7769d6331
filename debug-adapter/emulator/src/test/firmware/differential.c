/*
 * Executes one instruction at a time from a table and prints what it did to registers, flags and
 * memory. The emulator and QEMU's Cortex-M33 run the same image; their output must be the same.
 *
 * The table lies 32 KiB into ROM: a count, a "verbose" flag, then the cases.
 */
#include <stdint.h>

struct test_case {
    uint32_t r[13];
    uint32_t apsr;
    uint32_t s[16];
    uint32_t fpscr;
    uint16_t code[4];
};

struct outcome {
    uint32_t r[13];
    uint32_t apsr;
    uint32_t s[16];
    uint32_t fpscr;
    uint32_t cfsr;
};

#define TABLE ((const uint32_t *)0x10008000)
#define SCRATCH ((uint32_t *)0x28030000)
#define SCRATCH_WORDS 128

extern uint32_t __stack_top, __data_load, __data_start, __data_end, __bss_start, __bss_end;
extern uint16_t slot[];
extern uint32_t run_case(const struct test_case *test, struct outcome *result);
extern char after_slot[];
struct outcome result;
uint32_t saved_sp;

static int semihost(int op, const void *argument)
{
    register int r0 __asm__("r0") = op;
    register const void *r1 __asm__("r1") = argument;
    __asm__ volatile("bkpt 0xab" : "+r"(r0) : "r"(r1) : "memory");
    return r0;
}

/* Lives in RAM, because the instruction under test is written into it. */
__asm__(
    ".syntax unified\n"
    ".thumb\n"
    ".section .data.run_case,\"awx\",%progbits\n"
    ".balign 4\n"
    ".global run_case, slot, after_slot\n"
    ".thumb_func\n"
    "run_case:\n"
    "  push {r1, r4-r11, lr}\n"
    "  ldr r2, =saved_sp\n"
    "  str sp, [r2]\n"
    "  add r2, r0, #56\n"
    "  vldmia r2!, {s0-s15}\n"
    "  ldr r1, [r2]\n"
    "  vmsr fpscr, r1\n"
    "  ldr r1, [r0, #52]\n"
    "  msr apsr_nzcvqg, r1\n"
    "  mov lr, r0\n"
    "  ldmia lr, {r0-r12}\n"
    "  .balign 4\n"
    "slot:\n"
    "  nop\n  nop\n  nop\n  nop\n"
    ".thumb_func\n"
    "after_slot:\n"
    "  ldr lr, =result\n"
    "  stmia lr!, {r0-r12}\n"
    "  mrs r0, apsr\n"
    "  str r0, [lr], #4\n"
    "  vstmia lr!, {s0-s15}\n"
    "  vmrs r0, fpscr\n"
    "  str r0, [lr]\n"
    "  ldr r2, =saved_sp\n"
    "  ldr sp, [r2]\n"
    "  pop {r1, r4-r11, pc}\n"
    "  .ltorg\n"
    ".text\n");

__attribute__((used)) static void note_fault(uint32_t *frame)
{
    volatile uint32_t *cfsr = (volatile uint32_t *)0xE000ED28;
    volatile uint32_t *hfsr = (volatile uint32_t *)0xE000ED2C;
    result.cfsr = *cfsr;
    *cfsr = *cfsr;
    *hfsr = *hfsr;
    frame[6] = (uint32_t)after_slot & ~1u;
    frame[7] = (frame[7] & ~0x0600FC00u) | 1u << 24;
}

__attribute__((naked)) static void fault(void)
{
    __asm__ volatile("mov r0, sp\n push {r4, lr}\n bl note_fault\n pop {r4, pc}");
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

__attribute__((used, noreturn)) static void reset(void)
{
    for (uint32_t *from = &__data_load, *to = &__data_start; to < &__data_end;) {
        *to++ = *from++;
    }
    *(volatile uint32_t *)0xE000ED88 |= 0xFu << 20;
    __asm__ volatile("dsb; isb");
    uint32_t count = TABLE[0];
    uint32_t verbose = TABLE[1];
    const struct test_case *test = (const struct test_case *)(TABLE + 2);
    for (uint32_t i = 0; i < count; i++, test++) {
        for (uint32_t k = 0; k < SCRATCH_WORDS; k++) {
            SCRATCH[k] = (k + 1) * 0x9E3779B9u;
        }
        for (int k = 0; k < 4; k++) {
            slot[k] = test->code[k];
        }
        __asm__ volatile("dsb; isb");
        result.cfsr = 0;
        run_case(test, &result);
        uint32_t hash = mix(mix(0x811c9dc5u, &result, sizeof result / 4), SCRATCH, SCRATCH_WORDS);
        if (verbose) {
            for (unsigned k = 0; k < sizeof result / 4; k++) {
                print_hex(((uint32_t *)&result)[k], ' ');
            }
        }
        print_hex(hash, '\n');
    }
    int block[2] = {0x20026, 0};
    semihost(0x20, block);
    for (;;) {
    }
}

__attribute__((section(".vectors"), used)) static const void *const vectors[16] = {
    &__stack_top, reset, fault, fault, fault, fault, fault,
};
