#pragma once
#include <sys/types.h>
typedef int sig_atomic_t;
typedef unsigned long sigset_t;
typedef void (*_sig_func_ptr)(int);
#define SIG_DFL ((_sig_func_ptr)0)
#define SIG_IGN ((_sig_func_ptr)1)
#define SIG_ERR ((_sig_func_ptr)-1)
#define SIGINT 2
#define SIGILL 4
#define SIGABRT 6
#define SIGFPE 8
#define SIGSEGV 11
#define SIGTERM 15
#ifdef __cplusplus
extern "C" {
#endif
_sig_func_ptr signal(int number, _sig_func_ptr handler);
int raise(int number);
int kill(int process, int number);
#ifdef __cplusplus
}
#endif
