#pragma once
#include <sys/types.h>
#define O_RDONLY 0
#define O_WRONLY 1
#define O_RDWR 2
#define O_APPEND 0x0008
#define O_CREAT 0x0200
#define O_TRUNC 0x0400
#ifdef __cplusplus
extern "C" {
#endif
int open(const char *path, int flags, ...);
int fcntl(int file, int command, ...);
#ifdef __cplusplus
}
#endif
