/*
 * Start-up, semihosting console and linker symbols for the test programs. The same object code runs
 * on the emulator and on QEMU's mps2-an505, which both have ROM at 0x10000000 and RAM at 0x28000000.
 */
#include <stdint.h>
#include <stddef.h>

extern uint32_t __stack_top, __data_load, __data_start, __data_end, __bss_start, __bss_end;
extern int main(void);
extern void __libc_init_array(void);

int semihost(int op, const void *argument)
{
    register int r0 __asm__("r0") = op;
    register const void *r1 __asm__("r1") = argument;
    __asm__ volatile("bkpt 0xab" : "+r"(r0) : "r"(r1) : "memory");
    return r0;
}

void finish(int code)
{
    int block[2] = {0x20026, code};
    semihost(0x20, block);
    for (;;) {
    }
}

__attribute__((used)) static void reset(void)
{
    for (uint32_t *from = &__data_load, *to = &__data_start; to < &__data_end;) {
        *to++ = *from++;
    }
    for (uint32_t *to = &__bss_start; to < &__bss_end;) {
        *to++ = 0;
    }
#ifdef __ARM_FP
    *(volatile uint32_t *)0xE000ED88 |= 0xFu << 20;
    __asm__ volatile("dsb; isb");
#endif
    __libc_init_array();
    finish(main());
}

__attribute__((used)) static void fault(void)
{
    static const char text[] = "FAULT\n";
    semihost(4, text);
    finish(99);
}

/* Programs that handle exceptions define these. */
__attribute__((weak)) void fault_handler(void) { fault(); }
__attribute__((weak)) void svc_handler(void) { fault(); }
__attribute__((weak)) void pendsv_handler(void) { fault(); }
__attribute__((weak)) void irq0(void) { fault(); }
__attribute__((weak)) void irq1(void) { fault(); }
__attribute__((weak)) void irq2(void) { fault(); }
__attribute__((weak)) void irq3(void) { fault(); }

__attribute__((section(".vectors"), used)) static const void *const vectors[20] = {
    &__stack_top, reset, fault, fault_handler, fault_handler, fault_handler, fault_handler, fault, 0, 0, 0,
    svc_handler, fault, 0, pendsv_handler, fault, irq0, irq1, irq2, irq3,
};

void _init(void) {}
void _fini(void) {}
void _exit(int code) { finish(code); for (;;) {} }
int _write(int file, const char *bytes, int count)
{
    char text[65];
    (void)file;
    for (int done = 0; done < count;) {
        int n = 0;
        while (n < 64 && done < count) {
            text[n++] = bytes[done++];
        }
        text[n] = 0;
        semihost(4, text);
    }
    return count;
}
int _read(int file, char *bytes, int count) { (void)file; (void)bytes; (void)count; return 0; }
int _close(int file) { (void)file; return -1; }
int _lseek(int file, int offset, int whence) { (void)file; (void)offset; (void)whence; return 0; }
int _isatty(int file) { (void)file; return 1; }
int _fstat(int file, void *status) { (void)file; ((int *)status)[1] = 0x2000; return 0; }
int _kill(int pid, int signal) { (void)pid; (void)signal; return -1; }
int _getpid(void) { return 1; }
void *_sbrk(ptrdiff_t size)
{
    extern char __heap_start;
    static char *top = &__heap_start;
    char *before = top;
    top += size;
    return before;
}
