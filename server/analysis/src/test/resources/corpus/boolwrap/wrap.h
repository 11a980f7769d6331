/* Microvisor's calls as functions that say yes or no. */
#ifndef WRAP_H
#define WRAP_H

#include <stdbool.h>

#include "mv_syscalls.h"

typedef void (*on_error)(const char *what, enum MvStatus status);

void wrap_errors_to(on_error callback);
bool wrap_centre(uint32_t irq, struct MvNotification *ring, uint32_t bytes, MvNotificationHandle *out);
bool wrap_network(MvNotificationHandle centre, uint32_t tag, MvNetworkHandle *out);
bool wrap_online(MvNetworkHandle network);
bool wrap_open(enum MvChannelType type, MvNetworkHandle network, MvNotificationHandle centre,
        uint32_t tag, MvChannelHandle *out);
bool wrap_close(MvChannelHandle *channel);
bool wrap_get(MvChannelHandle channel, const char *url);
bool wrap_result(MvChannelHandle channel, struct MvHttpResponseData *data);

#endif
