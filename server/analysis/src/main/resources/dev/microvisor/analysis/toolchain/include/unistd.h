#pragma once
#include <stddef.h>
#include <sys/types.h>
#ifdef __cplusplus
extern "C" {
#endif
int read(int file, void *to, size_t size);
int write(int file, const void *from, size_t size);
int close(int file);
int usleep(useconds_t microseconds);
unsigned sleep(unsigned seconds);
#ifdef __cplusplus
}
#endif
