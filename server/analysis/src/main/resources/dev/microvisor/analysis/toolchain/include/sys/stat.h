#pragma once
#include <sys/types.h>
struct stat {
    mode_t st_mode;
    off_t st_size;
};
#define S_IFCHR 0020000
