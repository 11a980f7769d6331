/* The device's connection. */
#ifndef NETWORK_H
#define NETWORK_H

#include <stdbool.h>

#include "mv_syscalls.h"

/** Asks for the network and waits until it is there; false when that takes too long. */
bool network_connect(uint32_t timeout_ms);

/** The network's handle, for opening channels. */
MvNetworkHandle network_handle(void);

/** Gives the network back. */
void network_release(void);

#endif
