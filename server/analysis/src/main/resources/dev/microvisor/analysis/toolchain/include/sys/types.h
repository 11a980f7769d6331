#pragma once
#include <stddef.h>
#include <stdint.h>
typedef int ssize_t;
typedef long off_t;
typedef int pid_t;
typedef unsigned short mode_t;
typedef unsigned long useconds_t;
