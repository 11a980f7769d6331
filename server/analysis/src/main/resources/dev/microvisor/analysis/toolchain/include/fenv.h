#pragma once
typedef unsigned long fenv_t;
typedef unsigned long fexcept_t;
#define FE_INVALID 1
#define FE_DIVBYZERO 2
#define FE_OVERFLOW 4
#define FE_UNDERFLOW 8
#define FE_INEXACT 16
#define FE_ALL_EXCEPT 31
#ifdef __cplusplus
extern "C" {
#endif
int feclearexcept(int which);
int fetestexcept(int which);
#ifdef __cplusplus
}
#endif
