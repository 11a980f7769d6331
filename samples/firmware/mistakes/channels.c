/* Channels and handles used in the wrong state. Linked, and not run: some of it crashes. */
#include <stdbool.h>

#include "clock.h"
#include "events.h"
#include "mistakes.h"
#include "network.h"

static uint8_t receive[1024] __attribute__((aligned(512)));
static uint8_t send[512] __attribute__((aligned(512)));
static uint8_t other_receive[1024] __attribute__((aligned(512)));

static volatile bool answered;
static uint32_t sent;

static enum MvStatus open_http(MvChannelHandle *channel) {
    const struct MvOpenChannelParams params = {
        .version = 1,
        .v1 = {
            .notification_handle = events_centre(),
            .notification_tag = TAG_CHANNEL,
            .network_handle = network_handle(),
            .receive_buffer = receive,
            .receive_buffer_len = sizeof receive,
            .send_buffer = send,
            .send_buffer_len = sizeof send,
            .channel_type = MV_CHANNELTYPE_HTTP,
            .endpoint = {.data = (const uint8_t *)"", .length = 0},
        },
    };
    return mvOpenChannel(&params, channel);
}

static void share_send_buffer(void) {
    const struct MvOpenChannelParams first = {
        .version = 1,
        .v1 = {
            .notification_handle = events_centre(),
            .notification_tag = TAG_CHANNEL,
            .network_handle = network_handle(),
            .receive_buffer = receive,
            .receive_buffer_len = sizeof receive,
            .send_buffer = send,
            .send_buffer_len = sizeof send,
            .channel_type = MV_CHANNELTYPE_HTTP,
            .endpoint = {.data = (const uint8_t *)"", .length = 0},
        },
    };
    const struct MvOpenChannelParams second = {
        .version = 1,
        .v1 = {
            .notification_handle = events_centre(),
            .notification_tag = TAG_CHANNEL,
            .network_handle = network_handle(),
            .receive_buffer = other_receive,
            .receive_buffer_len = sizeof other_receive,
            .send_buffer = send,  // expect: buffer-shared-by-channels
            .send_buffer_len = sizeof send,
            .channel_type = MV_CHANNELTYPE_HTTP,
            .endpoint = {.data = (const uint8_t *)"", .length = 0},
        },
    };
    MvChannelHandle one = 0;
    MvChannelHandle two = 0;
    if (mvOpenChannel(&first, &one) != MV_STATUS_OKAY) {
        return;
    }
    if (mvOpenChannel(&second, &two) == MV_STATUS_OKAY) {
        report("second", mvCloseChannel(&two));
    }
    report("first", mvCloseChannel(&one));
}

static void leak(const struct MvHttpRequest *request) {
    MvChannelHandle channel = 0;
    if (open_http(&channel) != MV_STATUS_OKAY) {  // expect: channel-leak
        return;
    }
    if (mvSendHttpRequest(channel, request) != MV_STATUS_OKAY) {
        return;
    }
    (void)clock_wait_for(&answered, 10000u);
    report("leak", mvCloseChannel(&channel));
}

static void send_twice(const struct MvHttpRequest *request) {
    MvChannelHandle channel = 0;
    if (open_http(&channel) != MV_STATUS_OKAY) {
        return;
    }
    if (mvSendHttpRequest(channel, request) == MV_STATUS_OKAY) {
        (void)clock_wait_for(&answered, 10000u);
        enum MvStatus status = mvSendHttpRequest(channel, request);  // expect: channel-reuse
        report("twice", status);
        (void)clock_wait_for(&answered, 10000u);
    }
    report("twice", mvCloseChannel(&channel));
}

static void ask_wrong_channel(const struct MvConfigKeyFetchParams *keys) {
    MvChannelHandle channel = 0;
    if (open_http(&channel) != MV_STATUS_OKAY) {
        return;
    }
    enum MvStatus status = mvSendConfigFetchRequest(channel, keys);  // expect: channel-type-mismatch
    report("wrong channel", status);
    (void)clock_wait_for(&answered, 10000u);
    report("wrong channel", mvCloseChannel(&channel));
}

static void close_too_soon(const struct MvHttpRequest *request) {
    MvChannelHandle channel = 0;
    if (open_http(&channel) != MV_STATUS_OKAY) {
        return;
    }
    if (mvSendHttpRequest(channel, request) == MV_STATUS_OKAY) {
        sent++;
    }
    enum MvStatus status = mvCloseChannel(&channel);  // expect: close-before-response
    report("closed", status);
}

static void ask_after_close(void) {
    MvChannelHandle channel = 0;
    enum MvClosureReason reason = MV_CLOSUREREASON_NONE;
    if (open_http(&channel) != MV_STATUS_OKAY) {
        return;
    }
    enum MvStatus status = mvCloseChannel(&channel);
    report("closed", status);
    status = mvGetChannelClosureReason(channel, &reason);  // expect: handle-use-after-close
    report("reason", status);
}

static void ask_without_network(void) {
    MvNetworkHandle none = 0;
    enum MvNetworkStatus state = MV_NETWORKSTATUS_DELIBERATELYOFFLINE;
    enum MvStatus status = mvGetNetworkStatus(none, &state);  // expect: invalid-handle-use
    report("no network", status);
}

static void write_protected(void) {
    MvChannelHandle channel = 0;
    if (open_http(&channel) != MV_STATUS_OKAY) {
        return;
    }
    send[0] = 1;  // expect: send-buffer-write
    report("written", mvCloseChannel(&channel));
}

static MvChannelHandle forgotten;

static void forget(const struct MvHttpRequest *request) {
    if (open_http(&forgotten) != MV_STATUS_OKAY) {
        return;
    }
    if (mvSendHttpRequest(forgotten, request) != MV_STATUS_OKAY) {
        forgotten = 0;  // expect: handle-zeroed-without-close
        return;
    }
    (void)clock_wait_for(&answered, 10000u);
    report("forget", mvCloseChannel(&forgotten));
}

static MvChannelHandle kept;

static void open_once(void) {
    if (kept != 0) {
        return;
    }
    const struct MvOpenChannelParams params = {
        .version = 1,
        .v1 = {
            .notification_handle = events_centre(),
            .notification_tag = TAG_CHANNEL,
            .network_handle = network_handle(),
            .receive_buffer = receive,
            .receive_buffer_len = sizeof receive,
            .send_buffer = send,
            .send_buffer_len = sizeof send,
            .channel_type = MV_CHANNELTYPE_HTTP,
            .endpoint = {.data = (const uint8_t *)"", .length = 0},
        },
    };
    report("opened once", mvOpenChannel(&params, &kept));
}

static void close_kept(void) {
    if (kept != 0) {
        enum MvStatus status = mvCloseChannel(&kept);  // expect: stale-handle-after-failed-close
        if (status != MV_STATUS_OKAY) {
            report("not closed", status);
        }
    }
}

void mistakes_with_channels(void) {
    static const struct MvHttpRequest request = {
        .method = {.data = (const uint8_t *)"GET", .length = 3},
        .url = {.data = (const uint8_t *)"https://example.com/", .length = 20},
        .timeout_ms = 10000,
    };
    static const struct MvConfigKeyToFetch KEYS[] = {
        {.scope = MV_CONFIGKEYFETCHSCOPE_DEVICE,
                .store = MV_CONFIGKEYFETCHSTORE_SECRET,
                .key = {.data = (const uint8_t *)"key", .length = 3}},
    };
    static const struct MvConfigKeyFetchParams keys = {.num_items = 1, .keys_to_fetch = KEYS};
    share_send_buffer();
    leak(&request);
    send_twice(&request);
    ask_wrong_channel(&keys);
    close_too_soon(&request);
    ask_after_close();
    ask_without_network();
    write_protected();
    forget(&request);
    open_once();
    close_kept();
}
