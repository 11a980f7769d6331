#include "mv_syscalls.h"

enum MvStatus too_many(MvChannelHandle channel) {
    const struct MvHttpHeader headers[] = {{.data = (const uint8_t *)"A: b", .length = 4}};
    const struct MvHttpRequest request = {
        .method = {(const uint8_t *)"GET", 3},
        .url = {(const uint8_t *)"https://example.com/", 20},
        .num_headers = 2, // expect: headers-count-mismatch
        .headers = headers,
        .timeout_ms = 10000};
    return mvSendHttpRequest(channel, &request);
}

enum MvStatus one_left_out(MvChannelHandle channel) {
    const struct MvConfigKeyToFetch keys[2] = {
        {.scope = MV_CONFIGKEYFETCHSCOPE_DEVICE, .key = {(const uint8_t *)"one", 3}},
        {.scope = MV_CONFIGKEYFETCHSCOPE_DEVICE, .key = {(const uint8_t *)"two", 3}}};
    struct MvConfigKeyFetchParams request = {0};
    request.keys_to_fetch = keys;
    request.num_items = 1; // expect: headers-count-mismatch
    return mvSendConfigFetchRequest(channel, &request);
}
