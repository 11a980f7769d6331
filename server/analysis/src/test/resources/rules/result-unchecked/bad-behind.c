#include "mv_syscalls.h"

void use(uint32_t value);
void keep(const uint8_t *value, uint32_t length);

void by_pointer(MvChannelHandle channel, struct MvHttpResponseData *response) {
    if (mvReadHttpResponseData(channel, response) == MV_STATUS_OKAY) {
        use(response->body_length); // expect: result-unchecked
    }
}

void item(MvChannelHandle channel) {
    static uint8_t value[64];
    uint32_t length = 0;
    enum MvConfigKeyFetchResult result;
    const struct MvConfigResponseReadItemParams params = {
        .item_index = 0,
        .result = &result,
        .buf = {.data = value, .size = sizeof(value), .length = &length}};
    if (mvReadConfigResponseItem(channel, &params) == MV_STATUS_OKAY) {
        keep(value, length); // expect: result-unchecked
    }
}

void subscribed(MvChannelHandle channel) {
    enum MvMqttRequestState state;
    uint32_t id;
    uint32_t codes[1];
    uint32_t count;
    const struct MvMqttSubscribeResponse response = {
        .request_state = &state,
        .correlation_id = &id,
        .reason_codes = codes,
        .reason_codes_size = sizeof(codes),
        .reason_codes_len = &count};
    if (mvMqttReadSubscribeResponse(channel, &response) == MV_STATUS_OKAY) {
        use(codes[0]); // expect: result-unchecked
    }
}
