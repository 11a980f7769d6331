#include "mv_syscalls.h"

enum MvStatus body(MvChannelHandle channel) {
    static uint8_t buffer[256];
    return mvReadHttpResponseBody(channel, 0, buffer, 1024); // expect: length-exceeds-buffer
}

enum MvStatus rest_of_body(MvChannelHandle channel) {
    static uint8_t buffer[256];
    return mvReadHttpResponseBody(channel, 0, &buffer[16], sizeof(buffer)); // expect: length-exceeds-buffer
}

enum MvStatus item(MvChannelHandle channel, enum MvConfigKeyFetchResult *result, uint32_t *length) {
    static uint8_t value[65];
    const struct MvConfigResponseReadItemParams params = {
        .item_index = 0,
        .result = result,
        .buf = {.data = value, .size = 256, .length = length}}; // expect: length-exceeds-buffer
    return mvReadConfigResponseItem(channel, &params);
}

enum MvStatus request(MvChannelHandle channel) {
    const struct MvHttpRequest request = {
        .method = {.data = (const uint8_t *)"GET", .length = 3},
        .url = {.data = (const uint8_t *)"https://example.com/", .length = 32}, // expect: length-exceeds-buffer
        .timeout_ms = 10000};
    return mvSendHttpRequest(channel, &request);
}

enum MvStatus keep(MvExternalFlashHandle flash, uint32_t count) {
    return mvExternalFlashWriteBlocking(flash, 0, 16, (const uint8_t *)&count); // expect: length-exceeds-buffer
}
