/* Channel buffers that Microvisor refuses. */
#include "events.h"
#include "log.h"
#include "mistakes.h"
#include "network.h"

static uint8_t good_receive[1024] __attribute__((aligned(512)));
static uint8_t good_send[512] __attribute__((aligned(512)));

static uint32_t refused;

/* Where these land is up to the linker: right today, it may be wrong after the next change. */
static uint8_t unaligned_receive[1024];  // expect: buffer-alignment
static uint8_t unaligned_send[512] __attribute__((aligned(8)));  // expect: buffer-alignment

static uint8_t odd_receive[1000] __attribute__((aligned(512)));  // expect: buffer-size
static uint8_t odd_send[500] __attribute__((aligned(512)));  // expect: buffer-size

static void receive_into_unaligned(void) {
    const struct MvOpenChannelParams params = {
        .version = 1,
        .v1 = {
            .notification_handle = events_centre(),
            .notification_tag = TAG_CHANNEL,
            .network_handle = network_handle(),
            .receive_buffer = unaligned_receive,
            .receive_buffer_len = sizeof unaligned_receive,
            .send_buffer = good_send,
            .send_buffer_len = sizeof good_send,
            .channel_type = MV_CHANNELTYPE_HTTP,
            .endpoint = {.data = (const uint8_t *)"", .length = 0},
        },
    };
    MvChannelHandle channel = 0;
    enum MvStatus status = mvOpenChannel(&params, &channel);
    report("buffer-alignment, receive buffer", status);
    if (status == MV_STATUS_OKAY) {
        report("closing the channel", mvCloseChannel(&channel));
    } else {
        refused++;
    }
}

static void send_from_unaligned(void) {
    const struct MvOpenChannelParams params = {
        .version = 1,
        .v1 = {
            .notification_handle = events_centre(),
            .notification_tag = TAG_CHANNEL,
            .network_handle = network_handle(),
            .receive_buffer = good_receive,
            .receive_buffer_len = sizeof good_receive,
            .send_buffer = unaligned_send,
            .send_buffer_len = sizeof unaligned_send,
            .channel_type = MV_CHANNELTYPE_HTTP,
            .endpoint = {.data = (const uint8_t *)"", .length = 0},
        },
    };
    MvChannelHandle channel = 0;
    enum MvStatus status = mvOpenChannel(&params, &channel);
    report("buffer-alignment, send buffer", status);
    if (status == MV_STATUS_OKAY) {
        report("closing the channel", mvCloseChannel(&channel));
    } else {
        refused++;
    }
}

static void receive_into_odd_size(void) {
    const struct MvOpenChannelParams params = {
        .version = 1,
        .v1 = {
            .notification_handle = events_centre(),
            .notification_tag = TAG_CHANNEL,
            .network_handle = network_handle(),
            .receive_buffer = odd_receive,
            .receive_buffer_len = sizeof odd_receive,
            .send_buffer = good_send,
            .send_buffer_len = sizeof good_send,
            .channel_type = MV_CHANNELTYPE_HTTP,
            .endpoint = {.data = (const uint8_t *)"", .length = 0},
        },
    };
    MvChannelHandle channel = 0;
    enum MvStatus status = mvOpenChannel(&params, &channel);
    report("buffer-size, receive buffer", status);
    if (status == MV_STATUS_OKAY) {
        report("closing the channel", mvCloseChannel(&channel));
    } else {
        refused++;
    }
}

static void send_from_odd_size(void) {
    const struct MvOpenChannelParams params = {
        .version = 1,
        .v1 = {
            .notification_handle = events_centre(),
            .notification_tag = TAG_CHANNEL,
            .network_handle = network_handle(),
            .receive_buffer = good_receive,
            .receive_buffer_len = sizeof good_receive,
            .send_buffer = odd_send,
            .send_buffer_len = sizeof odd_send,
            .channel_type = MV_CHANNELTYPE_HTTP,
            .endpoint = {.data = (const uint8_t *)"", .length = 0},
        },
    };
    MvChannelHandle channel = 0;
    enum MvStatus status = mvOpenChannel(&params, &channel);
    report("buffer-size, send buffer", status);
    if (status == MV_STATUS_OKAY) {
        report("closing the channel", mvCloseChannel(&channel));
    } else {
        refused++;
    }
}

void mistakes_with_buffers(void) {
    receive_into_unaligned();
    send_from_unaligned();
    receive_into_odd_size();
    send_from_odd_size();
    log_line("buffers: %u channels of 4 refused", (unsigned)refused);
}
