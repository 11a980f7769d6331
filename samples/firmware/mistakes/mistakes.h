/* One function for each subject; each makes its mistakes and logs what Microvisor answered. */
#ifndef MISTAKES_H
#define MISTAKES_H

#include "mv_syscalls.h"

void mistakes_with_statuses(void);
void mistakes_with_buffers(void);
void mistakes_with_params(void);
void mistakes_with_deprecated_names(void);
void mistakes_with_notifications(void);

/* These would crash, hang or recurse; they are linked and not run. */
void mistakes_in_handlers(void);
void mistakes_with_arguments(MvChannelHandle channel);
void mistakes_with_channels(void);
void mistakes_with_control_flow(
        const struct MvRequestNetworkParams *request, const struct MvOpenChannelParams *params);
void mistakes_with_interrupts(void);
void mistakes_with_limits(const struct MvOpenChannelParams *params);
void mistakes_with_errors(
        const struct MvRequestNetworkParams *params, const struct MvHttpRequest *request,
        MvChannelHandle channel);
void mistakes_with_answers(
        MvChannelHandle one, MvChannelHandle other, const struct MvHttpRequest *request);
void mistakes_with_posts(MvChannelHandle channel, const struct MvHttpRequest *request);
void mistakes_with_responses(MvChannelHandle http, MvChannelHandle config);
void mistakes_with_tasks(MvChannelHandle *channel);

/** Logs what a mistake led to. */
void report(const char *mistake, enum MvStatus status);

#endif
