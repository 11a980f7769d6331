#include "mv_syscalls.h"

enum MvStatus in_bytes(MvChannelHandle channel) {
    enum MvMqttRequestState state;
    uint32_t correlation, count;
    uint32_t codes[4];
    const struct MvMqttSubscribeResponse response = {
        .request_state = &state,
        .correlation_id = &correlation,
        .reason_codes = codes,
        .reason_codes_size = sizeof(codes),
        .reason_codes_len = &count};
    return mvMqttReadSubscribeResponse(channel, &response);
}

enum MvStatus text(MvChannelHandle channel) {
    uint8_t body[64];
    return mvReadHttpResponseBody(channel, 0, body, 64);
}

enum MvStatus first_byte(MvChannelHandle channel) {
    uint32_t reading = 7;
    const struct MvMqttPublishRequest request = {
        .topic = {(const uint8_t *)"t", 1}, .payload = {(const uint8_t *)&reading, 1}};
    return mvMqttRequestPublish(channel, &request);
}
