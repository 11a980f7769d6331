#pragma once
#ifdef __cplusplus
extern "C" {
#endif
int *__errno(void);
#ifdef __cplusplus
}
#endif
#define errno (*__errno())
#define EPERM 1
#define ENOENT 2
#define EINTR 4
#define EIO 5
#define EBADF 9
#define EAGAIN 11
#define ENOMEM 12
#define EACCES 13
#define EFAULT 14
#define EBUSY 16
#define EINVAL 22
#define ERANGE 34
#define ETIMEDOUT 116
#define E2BIG 7
#define EALREADY 120
#define EBADMSG 77
#define ECANCELED 140
#define ECHILD 10
#define ECONNABORTED 113
#define ECONNREFUSED 111
#define ECONNRESET 104
#define EDEADLK 45
#define EDOM 33
#define EEXIST 17
#define EFBIG 27
#define EHOSTUNREACH 118
#define EILSEQ 138
#define EINPROGRESS 119
#define EISCONN 127
#define EISDIR 21
#define EMFILE 24
#define EMLINK 31
#define EMSGSIZE 122
#define ENETDOWN 115
#define ENETUNREACH 114
#define ENFILE 23
#define ENOBUFS 105
#define ENODEV 19
#define ENOEXEC 8
#define ENOLCK 46
#define ENOSPC 28
#define ENOSYS 88
#define ENOTCONN 128
#define ENOTDIR 20
#define ENOTSUP 134
#define ENOTTY 25
#define ENXIO 6
#define EOPNOTSUPP 95
#define EOVERFLOW 139
#define EPIPE 32
#define EPROTO 71
#define EROFS 30
#define ESPIPE 29
#define ESRCH 3
#define EXDEV 18
#define EWOULDBLOCK EAGAIN
