/* Names that still work and were announced for removal. */
#include "events.h"
#include "mistakes.h"
#include "network.h"

static uint8_t receive[512] __attribute__((aligned(512)));
static uint8_t send[512] __attribute__((aligned(512)));

static void use_byte_channel(MvChannelHandle channel) {
    static const uint8_t GREETING[] = {'h', 'e', 'l', 'l', 'o'};
    uint32_t written = 0;
    enum MvStatus status =
            mvWriteChannelStream(channel, GREETING, sizeof GREETING, &written);  // expect: deprecated-api
    report("deprecated-api, writing", status);
    uint8_t *data = 0;
    uint32_t length = 0;
    status = mvReadChannel(channel, &data, &length);  // expect: deprecated-api
    report("deprecated-api, reading", status);
}

static void open_byte_channel(void) {
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
            .channel_type = MV_CHANNELTYPE_OPAQUEBYTES,  // expect: deprecated-channel-type
            .endpoint = {.data = (const uint8_t *)"", .length = 0},
        },
    };
    MvChannelHandle channel = 0;
    enum MvStatus status = mvOpenChannel(&params, &channel);
    report("deprecated-channel-type", status);
    if (status == MV_STATUS_OKAY) {
        use_byte_channel(channel);
        report("closing the channel", mvCloseChannel(&channel));
    }
}

void mistakes_with_deprecated_names(void) {
    open_byte_channel();
}
