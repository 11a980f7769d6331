#pragma once
typedef long long jmp_buf[20];
#ifdef __cplusplus
extern "C" {
#endif
int setjmp(jmp_buf to);
__attribute__((noreturn)) void longjmp(jmp_buf from, int value);
#ifdef __cplusplus
}
#endif
