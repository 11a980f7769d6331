/* The notification centre that the network and the channels report to. */
#ifndef EVENTS_H
#define EVENTS_H

#include <stdbool.h>

#include "mv_syscalls.h"

enum event_tag {
    TAG_NETWORK = 1,
    TAG_CHANNEL = 2,
};

/** The network's status has changed. */
extern volatile bool network_changed;

enum MvStatus events_start(void);

MvNotificationHandle events_centre(void);

#endif
