/*
 * What the core does around instructions: SVC, PendSV, priorities, tail-chaining, masks, stack pointers,
 * stack limits, every fault with its status, the MPU, floating-point context. The EXC_RETURN values
 * differ between the secure and the non-secure side and are not printed.
 */
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#define REG(address) (*(volatile uint32_t *)(address))
#define ICSR REG(0xE000ED04)
#define AIRCR REG(0xE000ED0C)
#define CCR REG(0xE000ED14)
#define SHPR2 REG(0xE000ED1C)
#define SHPR3 REG(0xE000ED20)
#define SHCSR REG(0xE000ED24)
#define CFSR REG(0xE000ED28)
#define HFSR REG(0xE000ED2C)
#define MMFAR REG(0xE000ED34)
#define BFAR REG(0xE000ED38)
#define ISER0 REG(0xE000E100)
#define ISPR0 REG(0xE000E200)
#define ICPR0 REG(0xE000E280)
#define IPR(n) (*(volatile uint8_t *)(0xE000E400 + (n)))
#define MPU_CTRL REG(0xE000ED94)
#define MPU_RNR REG(0xE000ED98)
#define MPU_RBAR REG(0xE000ED9C)
#define MPU_RLAR REG(0xE000EDA0)
#define MPU_MAIR0 REG(0xE000EDC0)
#define FPCCR REG(0xE000EF34)

static char order[64];
static volatile unsigned order_length;

static void note(char what)
{
    if (order_length < sizeof order - 1) {
        order[order_length++] = what;
        order[order_length] = 0;
    }
}

static void show(const char *title)
{
    printf("%s: %s\n", title, order);
    order_length = 0;
    order[0] = 0;
}

static uint32_t ipsr(void)
{
    uint32_t value;
    __asm__ volatile("mrs %0, ipsr" : "=r"(value));
    return value;
}

volatile uint32_t svc_frame[8];
volatile uint32_t svc_number;

__attribute__((used)) void svc_body(uint32_t *frame)
{
    memcpy((void *)svc_frame, frame, sizeof svc_frame);
    svc_number = ((uint8_t *)frame[6])[-2];
    frame[0] = frame[0] * 2 + svc_number;
    if (svc_number == 1) {
        note('<');
        ICSR = 1u << 28;
        note('>');
    } else if (svc_number == 2) {
        note('s');
        ISPR0 = 1 << 3;
        __asm__ volatile("dsb; isb");
        note('S');
    }
}

__attribute__((naked)) void svc_handler(void)
{
    __asm__ volatile("tst lr, #4\n ite eq\n mrseq r0, msp\n mrsne r0, psp\n push {r4, lr}\n bl svc_body\n pop {r4, pc}");
}

void pendsv_handler(void) { note('P'); note(ipsr() == 14 ? '+' : '-'); }
void irq1(void) { note('1'); ISPR0 = 1 << 2; __asm__ volatile("dsb; isb"); note('a'); }
void irq2(void) { note('2'); }
void irq3(void) { note('3'); ISPR0 = 1 << 1; __asm__ volatile("dsb; isb"); note('c'); }

volatile uint32_t fault_cfsr, fault_hfsr, fault_number, fault_address, fault_count, skip_bytes;

__attribute__((used)) void fault_body(uint32_t *frame)
{
    fault_cfsr = CFSR;
    fault_hfsr = HFSR;
    fault_number = ipsr();
    fault_address = fault_cfsr & 0x80 ? MMFAR : fault_cfsr & 0x8000 ? BFAR : 0;
    CFSR = fault_cfsr;
    HFSR = fault_hfsr;
    fault_count++;
    uint16_t first = *(uint16_t *)frame[6];
    if (skip_bytes) {
        frame[6] = skip_bytes;
        frame[7] |= 1 << 24;
    } else {
        frame[6] += first >= 0xE800 ? 4 : 2;
    }
    frame[7] &= ~0x0600FC00u;
}

__attribute__((naked)) void fault_handler(void)
{
    __asm__ volatile("tst lr, #4\n ite eq\n mrseq r0, msp\n mrsne r0, psp\n push {r4, lr}\n bl fault_body\n pop {r4, pc}");
}

static void faulted(const char *what)
{
    printf("%s: exception %lu cfsr %08lx hfsr %08lx address %08lx count %lu\n", what,
           (unsigned long)fault_number, (unsigned long)fault_cfsr, (unsigned long)fault_hfsr,
           (unsigned long)fault_address, (unsigned long)fault_count);
    fault_count = fault_cfsr = fault_hfsr = fault_number = fault_address = skip_bytes = 0;
}

static void svcs(void)
{
    register uint32_t r0 __asm__("r0") = 21;
    __asm__ volatile("svc 5" : "+r"(r0) : : "memory");
    printf("svc %lu number %lu frame r0 %lu\n", (unsigned long)r0, (unsigned long)svc_number,
           (unsigned long)svc_frame[0]);
    SHPR3 = 0xE0u << 16;
    __asm__ volatile("svc 1" : : : "r0", "memory");
    show("PendSV below SVC runs after it");
    SHPR2 = 0x40u << 24;
    SHPR3 = 0x20u << 16;
    __asm__ volatile("svc 1" : : : "r0", "memory");
    show("PendSV above SVC preempts it");
    SHPR3 = 0xF0u << 16;
}

static void interrupts(void)
{
    ISER0 = 0xE;
    IPR(1) = 0x40;
    IPR(2) = 0x80;
    IPR(3) = 0xC0;
    ISPR0 = 8;
    __asm__ volatile("dsb; isb");
    show("nested and tail-chained");
    __asm__ volatile("cpsid i");
    ISPR0 = 0xE;
    __asm__ volatile("dsb; isb");
    show("masked");
    __asm__ volatile("cpsie i; isb");
    show("unmasked");
    __asm__ volatile("msr basepri, %0; isb" : : "r"(0x80));
    ISPR0 = 0xE;
    __asm__ volatile("dsb; isb");
    show("basepri 0x80");
    __asm__ volatile("msr basepri, %0; isb" : : "r"(0));
    show("basepri 0");
    AIRCR = 0x05FA0000 | 7 << 8;
    ISPR0 = 8;
    __asm__ volatile("dsb; isb");
    show("no preemption between subpriorities");
    AIRCR = 0x05FA0000;
    __asm__ volatile("svc 2" : : : "r0", "memory");
    show("interrupt below SVC");
    printf("vectpending %lu\n", (unsigned long)(ICSR >> 12 & 0x1FF));
}

static void usage_faults(void)
{
    volatile uint32_t zero = 0;
    volatile uint32_t result;
    __asm__ volatile("udf #1");
    faulted("undefined, not enabled");
    SHCSR |= 7 << 16;
    __asm__ volatile("udf #1");
    faulted("undefined");
    result = 5 / zero;
    printf("5 / 0 = %lu\n", (unsigned long)result);
    CCR |= 1 << 4;
    __asm__ volatile("udiv r0, %0, %1" : : "r"(5), "r"(zero) : "r0");
    faulted("division by zero");
    CCR &= ~(1u << 4);
    static uint32_t words[4] = {0x03020100, 0x07060504, 0x0b0a0908, 0x0f0e0d0c};
    uint32_t value;
    __asm__ volatile("ldr %0, [%1, #1]" : "=r"(value) : "r"(words));
    printf("unaligned %08lx\n", (unsigned long)value);
    __asm__ volatile("ldrd r0, r1, [%0]" : : "r"((char *)words + 2) : "r0", "r1");
    faulted("unaligned ldrd");
    __asm__ volatile("ldm %0, {r0, r1}" : : "r"((char *)words + 2) : "r0", "r1");
    faulted("unaligned ldm");
    __asm__ volatile("adr r0, 1f\n add r0, #1\n str r0, [%0]\n ldr r1, =0x10000100\n blx r1\n .align 2\n 1: nop"
                     : : "r"(&skip_bytes) : "r0", "r1", "lr", "memory");
    faulted("branch without the Thumb bit");
}

static void bus_faults(void)
{
    __asm__ volatile("ldr r0, [%0]" : : "r"(0x70000000) : "r0");
    faulted("load from nowhere");
    __asm__ volatile("str r0, [%0]" : : "r"(0x70000004));
    faulted("store to nowhere");
    __asm__ volatile("adr r0, 1f\n add r0, #1\n str r0, [%0]\n ldr r1, =0xE0000001\n blx r1\n .align 2\n 1: nop"
                     : : "r"(&skip_bytes) : "r0", "r1", "lr", "memory");
    faulted("execution of device memory");
}

static void stacks(void)
{
    static uint64_t process_stack[64];
    uint32_t control;
    uint32_t sp;
    __asm__ volatile("msr psp, %1\n movs r1, #2\n msr control, r1\n isb\n movs r0, #4\n svc 6\n mov %0, sp\n"
                     "movs r1, #0\n msr control, r1\n isb"
                     : "=&r"(sp) : "r"(process_stack + 64) : "r0", "r1", "memory");
    printf("psp kept %d frame r0 %lu\n", sp == (uint32_t)(process_stack + 64), (unsigned long)svc_frame[0]);
    __asm__ volatile("mrs %0, control" : "=r"(control));
    printf("control %lu\n", (unsigned long)(control & 3));
    __asm__ volatile("msr psp, %0\n msr psplim, %1\n movs r1, #2\n msr control, r1\n isb\n"
                     "sub sp, #64\n sub sp, #512\n movs r1, #0\n msr control, r1\n isb\n msr psplim, r1"
                     : : "r"(process_stack + 64), "r"(process_stack + 32) : "r0", "r1", "memory");
    faulted("stack limit");
    uint32_t sp4;
    __asm__ volatile("sub sp, #4\n mov r4, sp\n svc 7\n mov %0, sp\n sub %0, r4\n add sp, #4" : "=r"(sp4) : : "r0", "r4", "memory");
    printf("realigned frame %lu %lu\n", (unsigned long)sp4, (unsigned long)(svc_frame[7] >> 9 & 1));
}

static void mpu(void)
{
    static uint32_t guarded[16] __attribute__((aligned(32)));
    MPU_MAIR0 = 0x44;
    MPU_RNR = 0;
    MPU_RBAR = (uint32_t)guarded | 3 << 1 | 1;
    MPU_RLAR = ((uint32_t)guarded & ~31u) | 1;
    MPU_CTRL = 5;
    __asm__ volatile("dsb; isb");
    guarded[8] = 7;
    __asm__ volatile("str r0, [%0]" : : "r"(guarded) : "memory");
    MPU_CTRL = 0;
    __asm__ volatile("dsb; isb");
    printf("read-only %d beyond %lu\n", fault_address == (uint32_t)guarded, (unsigned long)guarded[8]);
    fault_address = 0;
    faulted("mpu write");
}

#ifdef __ARM_FP
static void float_context(void)
{
    float value;
    uint32_t control;
    __asm__ volatile("vmov.f32 s0, #1.5\n svc 8\n vmov.f32 %0, s0\n mrs %1, control" : "=t"(value), "=r"(control) : : "r0", "s0");
    printf("float kept %d fpca %lu lspact %lu\n", value == 1.5f, (unsigned long)(control >> 2 & 1),
           (unsigned long)(FPCCR & 1));
}
#endif

int main(void)
{
    setvbuf(stdout, 0, _IONBF, 0);
    svcs();
    interrupts();
    usage_faults();
    bus_faults();
    stacks();
    mpu();
#ifdef __ARM_FP
    float_context();
#endif
    return 0;
}
