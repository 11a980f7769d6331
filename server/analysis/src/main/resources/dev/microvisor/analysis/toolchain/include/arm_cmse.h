#pragma once
#include <stddef.h>
#include <stdint.h>
#define CMSE_MPU_UNPRIV 4
#define CMSE_MPU_READWRITE 1
#define CMSE_MPU_READ 8
#define CMSE_NONSECURE 16
#define cmse_nsfptr_create(function) (function)
#ifdef __cplusplus
extern "C" {
#endif
void *cmse_check_address_range(void *begin, size_t size, int flags);
#ifdef __cplusplus
}
#endif
