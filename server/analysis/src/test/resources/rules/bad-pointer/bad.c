#include "mv_syscalls.h"

static const uint8_t TABLE[64] = {1};
static uint8_t topic[32], payload[64];
static uint32_t topic_length, payload_length;

enum MvStatus no_handle(const struct MvRequestNetworkParams *params) {
    return mvRequestNetwork(params, 0); // expect: bad-pointer
}

enum MvStatus no_receive_buffer(
    MvNotificationHandle centre, MvNetworkHandle network, MvChannelHandle *channel) {
    static uint8_t send[512] __attribute__((aligned(512)));
    const struct MvOpenChannelParams params = {
        .version = 1,
        .v1 = {.notification_handle = centre,
               .network_handle = network,
               .receive_buffer_len = 512,
               .send_buffer = send,
               .send_buffer_len = sizeof(send),
               .channel_type = MV_CHANNELTYPE_MQTT}};
    return mvOpenChannel(&params, channel); // expect: bad-pointer
}

enum MvStatus nothing_to_write_to(MvChannelHandle channel) {
    const struct MvMqttMessage message = {
        .correlation_id = 0, // expect: bad-pointer
        .topic = {.data = topic, .size = sizeof(topic), .length = &topic_length},
        .payload = {.data = payload, .size = sizeof(payload), .length = &payload_length},
        .qos = 0, // expect: bad-pointer
        .retain = 0}; // expect: bad-pointer
    return mvMqttReceiveMessage(channel, &message);
}

enum MvStatus a_length_of_nothing(MvChannelHandle channel) {
    struct MvHttpRequest request = {
        .method = {.data = (const uint8_t *)"GET", .length = 3},
        .url = {.data = (const uint8_t *)"https://example.com/", .length = 20},
        .body = {.data = 0, .length = 4}, // expect: bad-pointer
        .timeout_ms = 10000};
    return mvSendHttpRequest(channel, &request);
}

enum MvStatus into_flash(MvChannelHandle channel) {
    return mvReadHttpResponseBody(channel, 0, (uint8_t *)TABLE, sizeof(TABLE)); // expect: bad-pointer
}

enum MvStatus behind_a_pointer(MvChannelHandle channel, enum MvConfigKeyFetchResult *result) {
    static uint8_t value[64];
    struct MvConfigResponseReadItemParams params = {
        .result = result, .buf = {.data = value, .size = sizeof(value)}};
    return mvReadConfigResponseItem(channel, &params); // expect: bad-pointer
}
