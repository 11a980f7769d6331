/* The device's connection. */
#ifndef NETWORK_H
#define NETWORK_H

#include <stdbool.h>
#include <stdint.h>

#include "mv_syscalls.h"

/** Who hears of the network's changes: a centre, a tag, and the flag that its handler sets. */
struct network_listener {
    MvNotificationHandle centre;
    uint32_t tag;
    volatile bool *changed;
};

/** Asks for the network and waits until it is there; false when that takes too long. */
bool network_connect(const struct network_listener *listener, uint32_t timeout_ms);

/** The network's handle, for opening channels. */
MvNetworkHandle network_handle(void);

/** Gives the network back. */
void network_release(void);

#endif
