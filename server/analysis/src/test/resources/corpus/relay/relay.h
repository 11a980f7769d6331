#ifndef RELAY_H
#define RELAY_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include "FreeRTOS.h"
#include "check.h"
#include "stm32u5xx_hal.h"

/* X(name, key, scope, store, size) */
#define RELAY_SETTINGS(X)                                   \
    X(url, "relay-url", DEVICE, CONFIG, 160)                \
    X(name, "relay-name", DEVICE, CONFIG, 32)               \
    X(key, "relay-key", DEVICE, SECRET, 48)

/* X(name, irq) */
#define RELAY_TAGS(X) X(network) X(settings) X(request)

enum relay_tag {
    TAG_NONE,
#define X(name) TAG_##name,
    RELAY_TAGS(X)
#undef X
};

struct relay_settings {
#define X(name, key, scope, store, size) char name[(size) + 1];
    RELAY_SETTINGS(X)
#undef X
};

enum relay_event { RELAY_READABLE = 1, RELAY_LOST = 2 };

extern struct relay_settings relay_settings;
extern MvNotificationHandle relay_centre;
extern MvNetworkHandle relay_network;

bool centre_start(void);
bool centre_wait(enum relay_tag tag, uint32_t timeout_ms);
void centre_forget(enum relay_tag tag);
bool settings_load(void);
bool request_run(unsigned output, bool on);
bool trace_start(void);

/* What every channel has in common. */
static inline struct MvOpenChannelParams channel_params(
        enum relay_tag tag, enum MvChannelType type, uint8_t *rx, uint32_t rx_len, uint8_t *tx, uint32_t tx_len) {
    struct MvOpenChannelParams params = {
        .version = 1,
        .v1 = {
            .notification_handle = relay_centre,
            .notification_tag = (uint32_t)tag,
            .network_handle = relay_network,
            .receive_buffer = rx,
            .receive_buffer_len = rx_len,
            .send_buffer = tx,
            .send_buffer_len = tx_len,
            .channel_type = type,
            .endpoint = SIZED_LITERAL(""),
        },
    };
    return params;
}

static inline void channel_shut(MvChannelHandle *channel) {
    if (*channel != 0 && !OK(TRY(mvCloseChannel(channel)))) {
        *channel = 0;
    }
}

#endif
