#include "mv_syscalls.h"

enum MvStatus several(MvChannelHandle channel) {
    enum MvMqttRequestState state;
    uint32_t correlation, count;
    uint32_t codes[4];
    const struct MvMqttSubscribeResponse response = {
        .request_state = &state,
        .correlation_id = &correlation,
        .reason_codes = codes,
        .reason_codes_size = 4, // expect: size-in-elements-not-bytes
        .reason_codes_len = &count};
    return mvMqttReadSubscribeResponse(channel, &response);
}

enum MvStatus single(MvChannelHandle channel) {
    enum MvMqttRequestState state;
    uint32_t correlation, count;
    uint32_t code;
    struct MvMqttSubscribeResponse response = {
        .request_state = &state,
        .correlation_id = &correlation,
        .reason_codes = &code,
        .reason_codes_len = &count};
    response.reason_codes_size = 1; // expect: size-in-elements-not-bytes
    return mvMqttReadSubscribeResponse(channel, &response);
}
