#pragma once
#ifdef __cplusplus
extern "C" {
#endif
double fabs(double x);
double floor(double x);
double ceil(double x);
double round(double x);
double trunc(double x);
double fmod(double x, double y);
double pow(double x, double y);
double sqrt(double x);
double exp(double x);
double log(double x);
double log10(double x);
double sin(double x);
double cos(double x);
double tan(double x);
double atan2(double y, double x);
float fabsf(float x);
float floorf(float x);
float ceilf(float x);
float roundf(float x);
float powf(float x, float y);
float sqrtf(float x);
float sinf(float x);
float cosf(float x);
double asin(double x);
double acos(double x);
double atan(double x);
double sinh(double x);
double cosh(double x);
double tanh(double x);
double log2(double x);
double exp2(double x);
double cbrt(double x);
double hypot(double x, double y);
double fmin(double x, double y);
double fmax(double x, double y);
double modf(double x, double *whole);
double ldexp(double x, int exponent);
double frexp(double x, int *exponent);
float tanf(float x);
float asinf(float x);
float acosf(float x);
float atanf(float x);
float atan2f(float y, float x);
float expf(float x);
float logf(float x);
float log2f(float x);
float log10f(float x);
float fmodf(float x, float y);
float truncf(float x);
float fminf(float x, float y);
float fmaxf(float x, float y);
float hypotf(float x, float y);
long lround(double x);
long lroundf(float x);
#ifdef __cplusplus
}
#endif
#define M_PI 3.14159265358979323846
#define M_E 2.7182818284590452354
#define M_PI_2 1.57079632679489661923
#define M_PI_4 0.78539816339744830962
#define M_SQRT2 1.41421356237309504880
#define NAN (__builtin_nanf(""))
#define INFINITY (__builtin_inff())
#define HUGE_VAL (__builtin_huge_val())
#ifndef __cplusplus
#define isnan(x) __builtin_isnan(x)
#define isinf(x) __builtin_isinf(x)
#define isfinite(x) __builtin_isfinite(x)
#define signbit(x) __builtin_signbit(x)
#endif
