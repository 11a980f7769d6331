#include <stddef.h>
#include <string.h>

#include "mv_syscalls.h"

#define STRING(s) {.data = (const uint8_t *)(s), .length = sizeof(s) - 1}

/* The header goes along with a body; without one it is left out on purpose. */
enum MvStatus ask(MvChannelHandle channel, const uint8_t *body, uint32_t length) {
    const struct MvHttpHeader headers[] = {{.data = (const uint8_t *)"Accept: text/csv", .length = 16}};
    const struct MvHttpRequest request = {
        .method = STRING("PUT"),
        .url = STRING("https://example.com/rows"),
        .num_headers = length > 0 ? 1 : 0,
        .headers = headers,
        .body = {.data = body, .length = length},
        .timeout_ms = 10000,
    };
    return mvSendHttpRequest(channel, &request);
}

enum MvStatus ask_for_time(MvChannelHandle channel) {
    return ask(channel, NULL, 0);
}

enum MvStatus ask_with(MvChannelHandle channel, int signature) {
    struct MvHttpHeader headers[2] = {
        {.data = (const uint8_t *)"Accept: text/csv", .length = 16},
        {.data = (const uint8_t *)"X-Signed: 1", .length = 11},
    };
    uint32_t count = 1;
    if (signature) {
        count = 2;
    }
    struct MvHttpRequest request = {
        .method = STRING("GET"),
        .url = STRING("https://example.com/rows"),
        .num_headers = count,
        .headers = headers,
        .timeout_ms = 10000,
    };
    return mvSendHttpRequest(channel, &request);
}
