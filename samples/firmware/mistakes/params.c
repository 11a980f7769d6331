/* Versioned structures with another version than 1. */
#include "events.h"
#include "mistakes.h"
#include "network.h"

static uint8_t receive[1024] __attribute__((aligned(512)));
static uint8_t send[512] __attribute__((aligned(512)));

static void request_network_of_version_2(void) {
    const struct MvRequestNetworkParams params = {
        .version = 2,  // expect: params-version
        .v1 = {
            .notification_handle = events_centre(),
            .notification_tag = TAG_NETWORK,
        },
    };
    MvNetworkHandle network = 0;
    enum MvStatus status = mvRequestNetwork(&params, &network);
    report("params-version, network", status);
    if (status == MV_STATUS_OKAY) {
        report("releasing the network", mvReleaseNetwork(&network));
    }
}

static void open_channel_of_version_0(void) {
    const struct MvOpenChannelParams params = {
        .version = 0,  // expect: params-version
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
    MvChannelHandle channel = 0;
    enum MvStatus status = mvOpenChannel(&params, &channel);
    report("params-version, channel", status);
    if (status == MV_STATUS_OKAY) {
        report("closing the channel", mvCloseChannel(&channel));
    }
}

void mistakes_with_params(void) {
    request_network_of_version_2();
    open_channel_of_version_0();
}
