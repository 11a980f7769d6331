/* Starts a test program on a bare Cortex-M33. */
/* 2: thread mode on the process stack; 0: on the main stack, where old debuggers follow, too. */
#ifndef CONTROL
#define CONTROL "0"
#endif

extern unsigned int _estack, _process_stack, _sidata, _sdata, _edata;
extern int main(void);
void SVC_Handler(void);

__attribute__((noinline)) void stop_forever(void)
{
    for (;;)
        __asm volatile("nop");
}

void HardFault_Handler(void)
{
    stop_forever();
}

__attribute__((weak)) void SVC_Handler(void)
{
}

__attribute__((naked, noreturn)) void Reset_Handler(void)
{
    /* The floating-point unit on, then RAM, then the choice of stacks. */
    __asm volatile(
        "ldr r0, =0xE000ED88\n ldr r1, [r0]\n orr r1, r1, #0xF00000\n str r1, [r0]\n dsb\n isb\n"
        "ldr r0, =_sidata\n ldr r1, =_sdata\n ldr r2, =_edata\n"
        "1: cmp r1, r2\n bhs 2f\n ldr r3, [r0], #4\n str r3, [r1], #4\n b 1b\n"
        "2: ldr r0, =_process_stack\n msr psp, r0\n movs r0, #" CONTROL "\n msr control, r0\n isb\n"
        "bl main\n"
        "bl stop_forever\n"
        ".ltorg\n");
}

__attribute__((section(".vectors"), used)) static void *const vectors[16] = {
    [0] = &_estack,          [1] = (void *)Reset_Handler,     [2] = (void *)HardFault_Handler,
    [3] = (void *)HardFault_Handler, [4] = (void *)HardFault_Handler, [5] = (void *)HardFault_Handler,
    [6] = (void *)HardFault_Handler, [11] = (void *)SVC_Handler,
};
