/* The device's log on the server. */
#ifndef LOG_H
#define LOG_H

#include "mv_syscalls.h"

/** Gives Microvisor its log buffer. To be called once, first of all. */
enum MvStatus log_start(void);

/** Logs a line with %s, %c, %d, %u and %x in it, without widths; one that does not fit is cut. */
void log_line(const char *format, ...) __attribute__((format(printf, 1, 2)));

#endif
