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
long lround(double x);
long lroundf(float x);
#ifdef __cplusplus
}
#endif
#define M_PI 3.14159265358979323846
