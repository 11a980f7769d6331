/*
 * Executes one instruction at a time from a table and prints what it did to registers, flags and
 * memory. The table has a count, a "verbose" flag, then the cases.
 */
#include "harness.h"

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

#define SCRATCH ((uint32_t *)0x28030000)
#define SCRATCH_WORDS 128

extern uint16_t slot[];
extern uint32_t run_case(const struct test_case *test, struct outcome *result);
extern char after_slot[];
struct outcome result;
uint32_t saved_sp;

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

__attribute__((used, noreturn)) static void reset(void)
{
    start();
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
            print_words(&result, sizeof result / 4);
        }
        print_hex(hash, '\n');
    }
    finish();
}

__attribute__((section(".vectors"), used)) static const void *const vectors[16] = {
    &__stack_top, reset, fault, fault, fault, fault, fault,
};
