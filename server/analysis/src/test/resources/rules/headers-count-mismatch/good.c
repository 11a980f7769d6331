#include "mv_syscalls.h"

enum MvStatus none(MvChannelHandle channel) {
    const struct MvHttpHeader headers[] = {};
    const struct MvHttpRequest request = {
        .method = {(const uint8_t *)"GET", 3},
        .url = {(const uint8_t *)"https://example.com/", 20},
        .num_headers = 0,
        .headers = headers,
        .timeout_ms = 10000};
    return mvSendHttpRequest(channel, &request);
}

enum MvStatus one(MvChannelHandle channel) {
    const struct MvHttpHeader header = {.data = (const uint8_t *)"A: b", .length = 4};
    const struct MvHttpRequest request = {
        .method = {(const uint8_t *)"GET", 3},
        .url = {(const uint8_t *)"https://example.com/", 20},
        .num_headers = 1,
        .headers = &header,
        .timeout_ms = 10000};
    return mvSendHttpRequest(channel, &request);
}

enum MvStatus room_for_more(MvChannelHandle channel) {
    struct MvConfigKeyToFetch keys[4];
    keys[0] = (struct MvConfigKeyToFetch){.key = {(const uint8_t *)"one", 3}};
    const struct MvConfigKeyFetchParams request = {.num_items = 1, .keys_to_fetch = &keys[0]};
    return mvSendConfigFetchRequest(channel, &request);
}
