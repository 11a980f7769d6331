#pragma once
#include <stddef.h>
#include <sys/types.h>
#define STDIN_FILENO 0
#define STDOUT_FILENO 1
#define STDERR_FILENO 2
#ifndef SEEK_SET
#define SEEK_SET 0
#define SEEK_CUR 1
#define SEEK_END 2
#endif
#ifdef __cplusplus
extern "C" {
#endif
extern char **environ;
int read(int file, void *to, size_t size);
int write(int file, const void *from, size_t size);
int close(int file);
off_t lseek(int file, off_t offset, int whence);
int isatty(int file);
int unlink(const char *path);
int link(const char *from, const char *to);
int access(const char *path, int mode);
pid_t getpid(void);
pid_t fork(void);
int execve(const char *path, char *const *arguments, char *const *environment);
void *sbrk(ptrdiff_t increment);
__attribute__((noreturn)) void _exit(int status);
int usleep(useconds_t microseconds);
unsigned sleep(unsigned seconds);
#ifdef __cplusplus
}
#endif
