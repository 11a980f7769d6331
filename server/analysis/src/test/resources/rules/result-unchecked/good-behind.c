#include "mv_syscalls.h"

void use(uint32_t value);
void keep(const uint8_t *value, uint32_t length);

enum MvStatus by_pointer(MvChannelHandle channel, struct MvHttpResponseData *response) {
    return mvReadHttpResponseData(channel, response);
}

void tested_by_pointer(MvChannelHandle channel, struct MvHttpResponseData *response) {
    if (mvReadHttpResponseData(channel, response) == MV_STATUS_OKAY
        && response->result == MV_HTTPRESULT_OK) {
        use(response->body_length);
    }
}

void item(MvChannelHandle channel) {
    static uint8_t value[64];
    uint32_t length = 0;
    enum MvConfigKeyFetchResult result = MV_CONFIGKEYFETCHRESULT_SERVERERROR;
    const struct MvConfigResponseReadItemParams params = {
        .item_index = 0,
        .result = &result,
        .buf = {.data = value, .size = sizeof(value), .length = &length}};
    enum MvStatus status = mvReadConfigResponseItem(channel, &params);
    if (status != MV_STATUS_OKAY || result != MV_CONFIGKEYFETCHRESULT_OK) {
        return;
    }
    keep(value, length);
}

/* The caller of this function learns of it. */
enum MvStatus handed_on(
    MvChannelHandle channel, enum MvConfigKeyFetchResult *result, uint8_t *value, uint32_t *length) {
    const struct MvConfigResponseReadItemParams params = {
        .item_index = 0,
        .result = result,
        .buf = {.data = value, .size = 64, .length = length}};
    return mvReadConfigResponseItem(channel, &params);
}

void look(const enum MvMqttRequestState *state);

void looked_at_elsewhere(MvChannelHandle channel) {
    enum MvMqttRequestState state;
    uint32_t id;
    uint32_t codes[1];
    uint32_t count;
    const struct MvMqttUnsubscribeResponse response = {
        .request_state = &state,
        .correlation_id = &id,
        .reason_codes = codes,
        .reason_codes_size = sizeof(codes),
        .reason_codes_len = &count};
    if (mvMqttReadUnsubscribeResponse(channel, &response) == MV_STATUS_OKAY) {
        look(&state);
        use(codes[0]);
    }
}

/* Which message was lost says its own reason; there is only one. */
void lost(MvChannelHandle channel) {
    enum MvMqttLostMessageReason reason;
    static uint8_t topic[64];
    uint32_t length = 0;
    uint32_t needed = 0;
    const struct MvMqttLostMessageInfo info = {
        .reason = &reason,
        .topic = {.data = topic, .size = sizeof(topic), .length = &length},
        .message_len = &needed};
    if (mvMqttReceiveLostMessageInfo(channel, &info) == MV_STATUS_OKAY) {
        use(needed);
    }
}
