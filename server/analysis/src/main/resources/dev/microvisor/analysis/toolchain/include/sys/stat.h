#pragma once
#include <sys/types.h>
#include <time.h>
struct stat {
    short st_dev;
    unsigned short st_ino;
    mode_t st_mode;
    unsigned short st_nlink;
    unsigned short st_uid;
    unsigned short st_gid;
    short st_rdev;
    off_t st_size;
    time_t st_atime;
    time_t st_mtime;
    time_t st_ctime;
    long st_blksize;
    long st_blocks;
};
#define S_IFMT 0170000
#define S_IFDIR 0040000
#define S_IFCHR 0020000
#define S_IFREG 0100000
#ifdef __cplusplus
extern "C" {
#endif
int stat(const char *path, struct stat *to);
int fstat(int file, struct stat *to);
#ifdef __cplusplus
}
#endif
