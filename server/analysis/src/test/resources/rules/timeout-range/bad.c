#include "mv_syscalls.h"

#define LONG_WAIT (15 * 1000)

enum MvStatus too_long(MvChannelHandle channel) {
    const struct MvHttpRequest request = {
        .method = {(const uint8_t *)"GET", 3},
        .url = {(const uint8_t *)"https://example.com/", 20},
        .timeout_ms = LONG_WAIT}; // expect: timeout-range
    return mvSendHttpRequest(channel, &request);
}

enum MvStatus too_short(MvChannelHandle channel) {
    struct MvHttpRequest request = {
        .method = {(const uint8_t *)"GET", 3},
        .url = {(const uint8_t *)"https://example.com/", 20}};
    request.timeout_ms = 4999; // expect: timeout-range
    return mvSendHttpRequest(channel, &request);
}

enum MvStatus missing(MvChannelHandle channel) {
    const struct MvHttpRequest request = {
        .method = {(const uint8_t *)"GET", 3},
        .url = {(const uint8_t *)"https://example.com/", 20}};
    return mvSendHttpRequest(channel, &request); // expect: timeout-range
}
