/*
 * Executes blocks of random code, one after the other, and prints what each did to registers, flags and
 * memory. The table has a count, a "verbose" flag, then the blocks' starting states. A block runs on the
 * process stack, which lies in the scratch memory, and ends with a branch to vector 7, or with a fault.
 */
#include "harness.h"

struct block {
    uint32_t r[13];
    uint32_t apsr;
    uint32_t s[32];
    uint32_t fpscr;
    uint32_t entry;
};

struct outcome {
    uint32_t r[13];
    uint32_t sp;
    uint32_t lr;
    uint32_t apsr;
    uint32_t s[32];
    uint32_t fpscr;
    uint32_t cfsr;
    uint32_t hfsr;
    uint32_t bfar;
    uint32_t fault_pc;
    uint32_t fault_xpsr;
};

#define SCRATCH ((uint32_t *)0x28030000)
#define SCRATCH_WORDS 1024
#define STACK ((uint32_t)(SCRATCH + SCRATCH_WORDS / 2))

extern void run_block(const struct block *block, uint32_t stack);
extern void after_block(void);
struct outcome result;

/* Set in a stacked xPSR when the secure side has used floating point, which QEMU runs here. */
#define SFPA (1u << 20)
static uint32_t *fault_frame;

__asm__(
    ".syntax unified\n"
    ".thumb\n"
    ".text\n"
    ".balign 4\n"
    ".global run_block, after_block\n"
    ".thumb_func\n"
    "run_block:\n"
    "  push {r4-r11, lr}\n"
    "  msr psp, r1\n"
    "  movs r1, #2\n"
    "  msr control, r1\n"
    "  isb\n"
    "  add r2, r0, #56\n"
    "  vldmia r2!, {s0-s31}\n"
    "  ldr r1, [r2], #4\n"
    "  vmsr fpscr, r1\n"
    "  ldr r1, [r2]\n"
    "  push {r1}\n"
    "  ldr r1, [r0, #52]\n"
    "  msr apsr_nzcvqg, r1\n"
    "  mov lr, r0\n"
    "  ldmia lr, {r0-r12}\n"
    "  pop {pc}\n"
    "  .balign 4\n"
    ".thumb_func\n"
    "after_block:\n"
    /* All registers are the block's: only its stack can take something. */
    "  push {r0, lr}\n"
    "  ldr lr, =result\n"
    "  stmia lr!, {r0-r12}\n"
    "  mrs r3, apsr\n"
    "  pop {r0, r1}\n"
    "  mov r0, sp\n"
    "  stmia lr!, {r0, r1, r3}\n"
    "  vstmia lr!, {s0-s31}\n"
    "  vmrs r0, fpscr\n"
    "  str r0, [lr]\n"
    "  movs r0, #0\n"
    "  msr control, r0\n"
    "  isb\n"
    "  pop {r4-r11, pc}\n"
    "  .ltorg\n");

__attribute__((used)) static void note_fault(uint32_t *frame)
{
    volatile uint32_t *cfsr = (volatile uint32_t *)0xE000ED28;
    volatile uint32_t *hfsr = (volatile uint32_t *)0xE000ED2C;
    result.cfsr = *cfsr;
    result.hfsr = *hfsr;
    result.bfar = result.cfsr & 0x8000 ? *(volatile uint32_t *)0xE000ED38 : 0;
    result.fault_pc = frame[6];
    result.fault_xpsr = frame[7] & ~SFPA;
    fault_frame = frame;
    *cfsr = *cfsr;
    *hfsr = *hfsr;
    frame[6] = (uint32_t)after_block & ~1u;
    frame[7] = (frame[7] & ~0x0600FC00u) | 1u << 24;
}

__attribute__((naked)) static void fault(void)
{
    __asm__ volatile("mrs r0, psp\n push {r4, lr}\n bl note_fault\n pop {r4, pc}");
}

__attribute__((used, noreturn)) static void reset(void)
{
    start();
    uint32_t count = TABLE[0];
    uint32_t verbose = TABLE[1];
    const struct block *block = (const struct block *)(TABLE + 2);
    for (uint32_t i = 0; i < count; i++, block++) {
        for (uint32_t k = 0; k < SCRATCH_WORDS; k++) {
            SCRATCH[k] = (k + 1) * 0x9E3779B9u;
        }
        for (uint32_t k = 0; k < sizeof result / 4; k++) {
            ((uint32_t *)&result)[k] = 0;
        }
        fault_frame = 0;
        run_block(block, STACK);
        if (fault_frame) {
            fault_frame[7] &= ~SFPA;
        }
        uint32_t hash = mix(mix(0x811c9dc5u, &result, sizeof result / 4), SCRATCH, SCRATCH_WORDS);
        if (verbose) {
            print_words(&result, sizeof result / 4);
            print_words(SCRATCH, SCRATCH_WORDS);
        }
        print_hex(hash, '\n');
    }
    finish();
}

__attribute__((section(".vectors"), used)) static const void *const vectors[16] = {
    &__stack_top, reset, fault, fault, fault, fault, fault, after_block,
};
