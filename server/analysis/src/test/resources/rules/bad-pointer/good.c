#include "mv_syscalls.h"

static uint8_t topic[32], payload[64];
static uint32_t topic_length, payload_length;

enum MvStatus all_there(MvChannelHandle channel) {
    uint32_t id;
    uint32_t qos;
    uint8_t retain;
    const struct MvMqttMessage message = {
        .correlation_id = &id,
        .topic = {.data = topic, .size = sizeof(topic), .length = &topic_length},
        .payload = {.data = payload, .size = sizeof(payload), .length = &payload_length},
        .qos = &qos,
        .retain = &retain};
    return mvMqttReceiveMessage(channel, &message);
}

/* Nothing is where nothing need be. */
enum MvStatus empty_body(MvChannelHandle channel) {
    struct MvHttpRequest request = {
        .method = {.data = (const uint8_t *)"GET", .length = 3},
        .url = {.data = (const uint8_t *)"https://example.com/", .length = 20},
        .num_headers = 0,
        .headers = 0,
        .body = {.data = 0, .length = 0},
        .timeout_ms = 10000};
    return mvSendHttpRequest(channel, &request);
}

enum MvStatus no_tls(MvChannelHandle channel) {
    struct MvMqttConnectRequest request = {
        .protocol_version = MV_MQTTPROTOCOLVERSION_V5,
        .host = {.data = (const uint8_t *)"example.com", .length = 11},
        .port = 1883,
        .clientid = {.data = (const uint8_t *)"a", .length = 1},
        .authentication = {.method = MV_MQTTAUTHENTICATIONMETHOD_NONE},
        .tls_credentials = 0,
        .keepalive = 60,
        .clean_start = 1,
        .will = 0};
    return mvMqttRequestConnect(channel, &request);
}

enum MvStatus later(MvChannelHandle channel, int small) {
    static uint8_t large[512];
    uint8_t *buffer = 0;
    uint32_t size = 0;
    if (small) {
        buffer = payload;
        size = sizeof(payload);
    }
    if (!small) {
        buffer = large;
        size = sizeof(large);
    }
    return mvReadHttpResponseBody(channel, 0, buffer, size);
}

/* What is only read may lie in flash. */
enum MvStatus from_flash(MvExternalFlashHandle flash) {
    static const uint8_t TABLE[64] = {1};
    return mvExternalFlashWriteBlocking(flash, 0, sizeof(TABLE), TABLE);
}

enum MvStatus on_the_stack(MvChannelHandle channel) {
    struct MvHttpResponseData response;
    return mvReadHttpResponseData(channel, &response);
}
