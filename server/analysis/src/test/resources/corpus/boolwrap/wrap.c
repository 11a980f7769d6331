#include "wrap.h"

#include <string.h>

typedef uint8_t Buffer[1024] __attribute__((aligned(512)));

static Buffer inbox, outbox;
static on_error report;

void wrap_errors_to(on_error callback) {
    report = callback;
}

static bool okay(enum MvStatus status, const char *what) {
    if (status == MV_STATUS_OKAY) {
        return true;
    }
    if (report) {
        report(what, status);
    }
    return false;
}

bool wrap_centre(uint32_t irq, struct MvNotification *ring, uint32_t bytes, MvNotificationHandle *out) {
    struct MvNotificationSetup setup = {.irq = irq, .buffer = ring, .buffer_size = bytes};
    return okay(mvSetupNotifications(&setup, out), "centre");
}

bool wrap_network(MvNotificationHandle centre, uint32_t tag, MvNetworkHandle *out) {
    struct MvRequestNetworkParams params = {
        .version = 1, .v1 = {.notification_handle = centre, .notification_tag = tag}};
    return okay(mvRequestNetwork(&params, out), "network");
}

bool wrap_online(MvNetworkHandle network) {
    enum MvNetworkStatus status;
    bool done = okay(mvGetNetworkStatus(network, &status), "status");
    return done && status == MV_NETWORKSTATUS_CONNECTED;
}

bool wrap_open(enum MvChannelType type, MvNetworkHandle network, MvNotificationHandle centre,
        uint32_t tag, MvChannelHandle *out) {
    struct MvOpenChannelParams params = {
        .version = 1,
        .v1.notification_handle = centre,
        .v1.notification_tag = tag,
        .v1.network_handle = network,
        .v1.receive_buffer = inbox,
        .v1.receive_buffer_len = sizeof(Buffer),
        .v1.send_buffer = outbox,
        .v1.send_buffer_len = sizeof(Buffer),
        .v1.channel_type = type,
        .v1.endpoint = {.data = (const uint8_t *)"", .length = 0},
    };
    return okay(mvOpenChannel(&params, out), "open");
}

bool wrap_close(MvChannelHandle *channel) {
    enum MvStatus status = mvCloseChannel(channel);
    if (status == MV_STATUS_CHANNELCLOSED) {
        status = MV_STATUS_OKAY;
    }
    return okay(status, "close");
}

bool wrap_get(MvChannelHandle channel, const char *url) {
    const char *verb = "GET";
    struct MvHttpRequest request = {
        .method = {.data = (const uint8_t *)verb, .length = strlen(verb)},
        .url = {.data = (const uint8_t *)url, .length = strlen(url)},
        .timeout_ms = 2 * 5000,
    };
    return okay(mvSendHttpRequest(channel, &request), "send");
}

bool wrap_result(MvChannelHandle channel, struct MvHttpResponseData *data) {
    return okay(mvReadHttpResponseData(channel, data), "read") && data->result == MV_HTTPRESULT_OK;
}
