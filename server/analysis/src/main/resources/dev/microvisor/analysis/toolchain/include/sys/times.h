#pragma once
#include <time.h>
struct tms {
    clock_t tms_utime;
    clock_t tms_stime;
    clock_t tms_cutime;
    clock_t tms_cstime;
};
#ifdef __cplusplus
extern "C" {
#endif
clock_t times(struct tms *to);
#ifdef __cplusplus
}
#endif
