#pragma once
#include <stddef.h>
typedef long long time_t;
typedef unsigned long clock_t;
struct tm {
    int tm_sec;
    int tm_min;
    int tm_hour;
    int tm_mday;
    int tm_mon;
    int tm_year;
    int tm_wday;
    int tm_yday;
    int tm_isdst;
};
struct timespec {
    time_t tv_sec;
    long tv_nsec;
};
#ifdef __cplusplus
extern "C" {
#endif
time_t time(time_t *now);
struct tm *gmtime(const time_t *when);
struct tm *gmtime_r(const time_t *when, struct tm *to);
struct tm *localtime(const time_t *when);
struct tm *localtime_r(const time_t *when, struct tm *to);
time_t mktime(struct tm *when);
double difftime(time_t a, time_t b);
size_t strftime(char *to, size_t size, const char *format, const struct tm *when);
clock_t clock(void);
#ifdef __cplusplus
}
#endif
