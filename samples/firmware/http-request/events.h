/* The one notification centre of this firmware, and what it has heard. */
#ifndef EVENTS_H
#define EVENTS_H

#include <stdbool.h>

#include "mv_syscalls.h"

/** Tags that tell the sources of the centre apart. */
enum event_tag {
    TAG_NETWORK = 1,
    TAG_HTTP = 2,
};

/** The network's status has changed: ask for it. */
extern volatile bool network_changed;

/** The HTTP channel has an answer, or will never have one. */
extern volatile bool http_settled;

/** It has an answer. */
extern volatile bool http_answered;

/** Creates the centre and enables its interrupt. */
enum MvStatus events_start(void);

/** The centre's handle, for those who want to be notified. */
MvNotificationHandle events_centre(void);

#endif
