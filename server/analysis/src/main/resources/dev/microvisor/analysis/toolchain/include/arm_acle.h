#pragma once
#include <stdint.h>
#ifdef __cplusplus
extern "C" {
#endif
void __dmb(unsigned kind);
void __dsb(unsigned kind);
void __isb(unsigned kind);
void __wfi(void);
void __wfe(void);
void __sev(void);
void __nop(void);
uint32_t __clz(uint32_t value);
uint32_t __rbit(uint32_t value);
uint32_t __rev(uint32_t value);
#ifdef __cplusplus
}
#endif
