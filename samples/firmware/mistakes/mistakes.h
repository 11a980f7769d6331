/* One function for each subject; each makes its mistakes and logs what Microvisor answered. */
#ifndef MISTAKES_H
#define MISTAKES_H

#include "mv_syscalls.h"

void mistakes_with_statuses(void);
void mistakes_with_buffers(void);
void mistakes_with_params(void);
void mistakes_with_deprecated_names(void);
void mistakes_with_notifications(void);

/** Logs what a mistake led to. */
void report(const char *mistake, enum MvStatus status);

#endif
