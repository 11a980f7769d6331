/*
 * Runs scripts of what exceptions depend on: interrupts pended at random priorities, masks, grouping,
 * faults enabled or not, SVC, PendSV, floating-point context. Thread and handlers take their orders from
 * one script, a handler a few of them, and note what they see. The table has a count, a "verbose" flag,
 * then scripts of 64 halfwords: an order and its argument.
 *
 * QEMU runs the secure side: what differs between the sides is masked.
 */
#include "harness.h"

#define REG(address) (*(volatile uint32_t *)(address))
#define ICSR REG(0xE000ED04)
#define AIRCR REG(0xE000ED0C)
#define CCR REG(0xE000ED14)
#define SHCSR REG(0xE000ED24)
#define CFSR REG(0xE000ED28)
#define HFSR REG(0xE000ED2C)
#define MMFAR REG(0xE000ED34)
#define BFAR REG(0xE000ED38)
#define FPCCR REG(0xE000EF34)
#define FPCAR REG(0xE000EF38)
#define ISER0 REG(0xE000E100)
#define ICER0 REG(0xE000E180)
#define ISPR0 REG(0xE000E200)
#define ICPR0 REG(0xE000E280)
#define IPR(n) (*(volatile uint8_t *)(0xE000E400 + (n)))
#define SHPR(n) (*(volatile uint8_t *)(0xE000ED14 + (n)))

#define ORDERS 64
#define LINES 8
#define SFPA (1u << 20)
#define FPCCR_DEFAULT (3u << 30)
/* LSPACT, USER, THREAD, HFRDY, MMRDY, BFRDY, UFRDY */
#define FPCCR_SEEN 0x47Bu
/* Active and pended system exceptions and the enable bits, without those of the secure side. */
#define SHCSR_SEEN 0x0007FD8Bu

enum order {
    END, PEND, UNPEND, PENDSV, SVC, BASEPRI, PRIMASK, FAULTMASK, PRIORITY, SYSTEM_PRIORITY, ENABLES,
    GROUPING, LINES_ENABLED, FAULT, FLOAT, FLOAT_CONTEXT, DIVIDE_TRAP, RETURN, ORDER_KINDS
};

static const uint16_t *script;
static volatile unsigned position;
static volatile uint32_t hash;
static uint32_t verbose;
static uint32_t process_stack[1024] __attribute__((aligned(8)));

extern char svc_instruction[];

/* An interrupt comes after the store here and after the barriers on QEMU: nothing else is between. */
static void set(volatile uint32_t *address, uint32_t value)
{
    __asm__ volatile("str %1, [%0]\n dsb\n isb" : : "r"(address), "r"(value) : "memory");
}

static void set_byte(volatile uint8_t *address, uint32_t value)
{
    __asm__ volatile("strb %1, [%0]\n dsb\n isb" : : "r"(address), "r"(value) : "memory");
}

static void note(uint32_t value)
{
    hash = mix(hash, &value, 1);
    if (verbose) {
        print_hex(value, ' ');
    }
}

static uint32_t masks(void)
{
    uint32_t primask, basepri, faultmask, control, ipsr;
    __asm__ volatile("mrs %0, primask\n mrs %1, basepri\n mrs %2, faultmask\n mrs %3, control\n mrs %4, ipsr"
                     : "=r"(primask), "=r"(basepri), "=r"(faultmask), "=r"(control), "=r"(ipsr));
    return primask | faultmask << 1 | (control & 7) << 4 | basepri << 8 | ipsr << 16;
}

__attribute__((naked, noinline)) static void supervisor_call(void)
{
    __asm__ volatile(".global svc_instruction\nsvc_instruction: svc 3\n bx lr");
}

static void fault(unsigned kind)
{
    uint32_t ipsr = masks() >> 16, faultmask = masks() >> 1 & 1;
    if (ipsr == 3 || ipsr == 2 || faultmask) {
        return; /* That would be lockup. */
    }
    switch (kind & 7) {
    case 0: __asm__ volatile("udf #1"); break;
    case 1: __asm__ volatile("ldr r0, [%0]" : : "r"(0x70000010) : "r0"); break;
    case 2: __asm__ volatile("str r0, [%0]" : : "r"(0x70000020)); break;
    case 3: __asm__ volatile("udiv r0, %0, %1" : : "r"(5), "r"(0) : "r0"); break;
    case 4: __asm__ volatile("ldrd r0, r1, [%0]" : : "r"((char *)process_stack + 2) : "r0", "r1"); break;
    case 5: __asm__ volatile("ldrb r0, [%0]" : : "r"(0x70000001) : "r0"); break;
    default: supervisor_call(); break;
    }
}

/* One order; false when the handler is to return. */
static int obey(void)
{
    if (position >= ORDERS) {
        return 0;
    }
    unsigned order = script[position] & 0xFF, argument = script[position] >> 8;
    position++;
    uint32_t level = argument & 0xF0, line = argument % LINES;
    switch (order) {
    case PEND: set(&ISPR0, 1u << line); break;
    case UNPEND: set(&ICPR0, 1u << line); break;
    case PENDSV: set(&ICSR, argument & 1 ? 1u << 27 : 1u << 28); break;
    case SVC: fault(7); break;
    case BASEPRI: __asm__ volatile("msr basepri, %0\n dsb\n isb" : : "r"(argument & 8 ? 0 : level) : "memory"); break;
    case PRIMASK: __asm__ volatile("msr primask, %0\n dsb\n isb" : : "r"(argument & 1) : "memory"); break;
    case FAULTMASK:
        /* Not at the priority of HardFault, where the manual ignores it and QEMU does not. */
        if (masks() >> 16 != 3) {
            __asm__ volatile("msr faultmask, %0\n dsb\n isb" : : "r"(argument & 1) : "memory");
        }
        break;
    case PRIORITY: set_byte(&IPR(line), level); break;
    case SYSTEM_PRIORITY: {
        static const uint8_t numbers[] = {4, 5, 6, 11, 14, 4, 5, 6};
        set_byte(&SHPR(numbers[argument & 7]), level);
        break;
    }
    case ENABLES: set(&SHCSR, (SHCSR & ~(7u << 16)) | (argument & 7u) << 16); break;
    case GROUPING: set(&AIRCR, 0x05FA0000 | (argument & 7) << 8); break;
    case LINES_ENABLED: set(argument & 0x80 ? &ISER0 : &ICER0, argument & (argument & 0x80 ? 0x7F : 0x11)); break;
    case FAULT: fault(argument); break;
    case FLOAT:
        __asm__ volatile(".fpu fpv5-sp-d16\n vmov s0, %0\n vmov s20, %0\n vmsr fpscr, %1" : : "r"(argument * 0x01010101u), "r"(argument & 7u));
        break;
    case FLOAT_CONTEXT: set(&FPCCR, (FPCCR & ~FPCCR_DEFAULT) | (argument & 3u) << 30); break;
    case DIVIDE_TRAP: set(&CCR, (CCR & ~0x10u) | (argument & 1) << 4); break;
    case RETURN: return 0;
    default: break;
    }
    note(masks());
    return 1;
}

/* The return value of an exception stacked as LR differs between the sides. */
static uint32_t stacked(uint32_t value)
{
    return value >> 24 == 0xFF ? 0xFF000000u | (value & 0x1C) : value;
}

__attribute__((used)) static void handle(uint32_t *frame, uint32_t return_kind)
{
    uint32_t cfsr = CFSR, hfsr = HFSR;
    note(masks());
    note(return_kind);
    note((uint32_t)frame);
    uint32_t number = masks() >> 16;
    for (int i = 0; i < 6; i++) {
        note(stacked(frame[i]));
    }
    note(number < 14 ? frame[6] : 0);
    note(frame[7] & ~SFPA);
    note(cfsr);
    note(hfsr);
    note(cfsr & 0x80 ? MMFAR : 0);
    note(cfsr & 0x8000 ? BFAR : 0);
    note(ICSR & 0x0001F9FF);
    note(SHCSR & SHCSR_SEEN);
    note(FPCCR & FPCCR_SEEN);
    if (FPCCR & 1) {
        note(FPCAR);
    }
    CFSR = cfsr;
    HFSR = hfsr;
    if (number >= 3 && number <= 6) {
        if (cfsr) {
            frame[6] += *(uint16_t *)frame[6] >= 0xE800 ? 4 : 2;
        } else if (frame[6] == ((uint32_t)svc_instruction & ~1u)) {
            frame[6] += 2;
        }
    }
    for (int i = 0; i < 6 && obey(); i++) {
    }
    if (!(return_kind & 0x10) && !(FPCCR & 1)) {
        note(frame[8]);
        note(frame[24]);
    }
}

__attribute__((naked)) static void handler(void)
{
    __asm__ volatile("tst lr, #4\n ite eq\n mrseq r0, msp\n mrsne r0, psp\n and r1, lr, #0x1c\n"
                     "push {r4, lr}\n bl handle\n pop {r4, pc}");
}

static void thread(void)
{
    while (position < ORDERS) {
        obey();
    }
    __asm__ volatile("msr basepri, %0\n msr primask, %0\n msr faultmask, %0\n dsb\n isb" : : "r"(0));
    note(masks());
}

/* Runs thread() on one stack or the other. */
__attribute__((naked, noinline)) static void run(uint32_t control, uint32_t *stack)
{
    __asm__ volatile("push {r4, lr}\n msr psp, r1\n msr control, r0\n isb\n bl thread\n movs r0, #0\n"
                     "msr control, r0\n isb\n pop {r4, pc}");
    (void)control;
    (void)stack;
}

__attribute__((used)) static void (*const keep_thread)(void) = thread;

static void prepare(void)
{
    ICER0 = 0xFFFFFFFF;
    ICPR0 = 0xFFFFFFFF;
    ICSR = 1u << 27;
    AIRCR = 0x05FA0000;
    SHCSR = 0;
    CCR &= ~0x10u;
    FPCCR = (FPCCR & ~FPCCR_DEFAULT) | FPCCR_DEFAULT;
    for (int i = 0; i < LINES; i++) {
        IPR(i) = 0;
    }
    for (int i = 4; i < 16; i++) {
        SHPR(i) = 0;
    }
    CFSR = CFSR;
    HFSR = HFSR;
    ISER0 = (1u << LINES) - 1;
    for (unsigned i = 0; i < sizeof process_stack / 4; i++) {
        process_stack[i] = 0;
    }
}

__attribute__((used, noreturn)) static void reset(void)
{
    start();
    uint32_t count = TABLE[0];
    verbose = TABLE[1];
    const uint16_t *scripts = (const uint16_t *)(TABLE + 2);
    for (uint32_t i = 0; i < count; i++) {
        prepare();
        hash = 0x811c9dc5u;
        script = scripts + i * ORDERS;
        position = 0;
        run(i % 2 ? 2 : 0, process_stack + 1024);
        print_hex(hash, '\n');
    }
    finish();
}

__attribute__((section(".vectors"), used)) static const void *const vectors[16 + LINES] = {
    &__stack_top, reset, handler, handler, handler, handler, handler, handler, 0, 0, 0, handler, handler, 0,
    handler, handler, handler, handler, handler, handler, handler, handler, handler, handler,
};
