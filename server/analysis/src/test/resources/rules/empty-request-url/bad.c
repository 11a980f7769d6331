#include "mv_syscalls.h"

enum MvStatus no_url(MvChannelHandle channel) {
    struct MvHttpRequest request = {
        .method = {(const uint8_t *)"GET", 3},
        .timeout_ms = 10000};
    return mvSendHttpRequest(channel, &request); // expect: empty-request-url
}

enum MvStatus no_length(MvChannelHandle channel) {
    struct MvHttpRequest request = {
        .method = {.data = (const uint8_t *)"GET", .length = 0}, // expect: empty-request-url
        .url = {(const uint8_t *)"https://example.com/", 20},
        .timeout_ms = 10000};
    return mvSendHttpRequest(channel, &request);
}
