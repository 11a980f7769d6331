#include "mv_syscalls.h"

#include <stdbool.h>
#include <stddef.h>

// The buffers of each channel stand in a table of constants, which the open function reads by a
// number, a context, or in a loop.
struct channel_config {
    enum MvChannelType type;
    uint8_t *receive;
    uint32_t receive_size;
    uint8_t *send;
    uint32_t send_size;
};

static uint8_t http_rx[1536] __attribute__((aligned(512)));
static uint8_t http_tx[512] __attribute__((aligned(512)));
static uint8_t config_rx[1536];
static uint8_t config_tx[512] __attribute__((aligned(512)));
static uint8_t mqtt_rx[1024] __attribute__((aligned(512)));
static uint8_t mqtt_tx[700] __attribute__((aligned(512))); // expect: buffer-size

static const struct channel_config table[] = {
    {.type = MV_CHANNELTYPE_HTTP, .receive = http_rx, .receive_size = sizeof http_rx, .send = http_tx, .send_size = sizeof http_tx},
    {.type = MV_CHANNELTYPE_CONFIGFETCH, .receive = config_rx, .receive_size = sizeof config_rx, .send = config_tx, .send_size = sizeof config_tx},
    {.type = MV_CHANNELTYPE_MQTT, .receive = mqtt_rx, .receive_size = sizeof mqtt_rx, .send = mqtt_tx, .send_size = sizeof mqtt_tx},
};

static MvChannelHandle handles[3];

bool open_channel(unsigned which, MvNotificationHandle centre, MvNetworkHandle network) {
    if (which >= 3 || handles[which] != 0) {
        return false;
    }
    const struct channel_config *config = &table[which];
    struct MvOpenChannelParams params = {0};
    params.version = 1;
    params.v1.notification_handle = centre;
    params.v1.network_handle = network;
    params.v1.receive_buffer = config->receive;
    params.v1.receive_buffer_len = config->receive_size;
    params.v1.send_buffer = config->send;
    params.v1.send_buffer_len = config->send_size;
    params.v1.channel_type = config->type;
    return mvOpenChannel(&params, &handles[which]) == MV_STATUS_OKAY;
}

// A table behind a static pointer and a structure that points at it, as configuration tools write it.
static struct MvNotification ring[3] __attribute__((aligned(8)));
static uint8_t late_rx[1000] __attribute__((aligned(512))); // expect: buffer-size
static uint8_t late_tx[512] __attribute__((aligned(512)));

struct module_config {
    uint32_t irq;
    struct MvNotification *ring;
    uint32_t ring_bytes;
    const struct channel_config *channels;
};

static const struct channel_config late_channels[1] = {
    {.type = MV_CHANNELTYPE_HTTP, .receive = late_rx, .receive_size = sizeof late_rx, .send = late_tx, .send_size = sizeof late_tx},
};

static const struct module_config configuration = {
    .irq = 45, .ring = ring, .ring_bytes = sizeof ring, .channels = late_channels};

static const struct module_config *module;
static MvNotificationHandle module_centre;

static bool set_up(void) {
    struct MvNotificationSetup setup;
    setup.irq = module->irq;
    setup.buffer = module->ring;
    setup.buffer_size = module->ring_bytes;
    return mvSetupNotifications(&setup, &module_centre) == MV_STATUS_OKAY;
}

bool start(const struct module_config *config) {
    if (config == NULL) {
        return false;
    }
    module = config;
    return set_up();
}

bool open_late(unsigned which, MvNetworkHandle network) {
    const struct channel_config *config = &module->channels[which];
    struct MvOpenChannelParams params = {0};
    params.version = 1;
    params.v1.notification_handle = module_centre;
    params.v1.network_handle = network;
    params.v1.receive_buffer = config->receive;
    params.v1.receive_buffer_len = config->receive_size;
    params.v1.send_buffer = config->send;
    params.v1.send_buffer_len = config->send_size;
    params.v1.channel_type = config->type;
    return mvOpenChannel(&params, &handles[which]) == MV_STATUS_OKAY;
}

bool start_all(void) { return start(&configuration); }
