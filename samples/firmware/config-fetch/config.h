/* Configs and secrets from the cloud. */
#ifndef CONFIG_H
#define CONFIG_H

#include <stdbool.h>
#include <stddef.h>

#include "mv_syscalls.h"

#define CONFIG_VALUE_BYTES 256

/** One key to read, and its value when it was found. */
struct config_item {
    const char *key;
    enum MvConfigKeyFetchScope scope;
    enum MvConfigKeyFetchStore store;
    bool found;
    uint32_t length;
    char value[CONFIG_VALUE_BYTES + 1]; /* always ends with NUL */
};

/** Reads all items in one request; false when the request as a whole failed. */
bool config_read(struct config_item *items, size_t count);

#endif
