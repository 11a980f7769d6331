#include <string.h>
#include "mv_syscalls.h"

enum MvStatus given(MvChannelHandle channel, const char *url) {
    struct MvHttpRequest request = {
        .method = {(const uint8_t *)"GET", 3},
        .url = {(const uint8_t *)url, strlen(url)},
        .body = {(const uint8_t *)"", 0},
        .timeout_ms = 10000};
    return mvSendHttpRequest(channel, &request);
}

static struct MvSizedString sized(const char *text) {
    return (struct MvSizedString){.data = (const uint8_t *)text, .length = strlen(text)};
}

enum MvStatus from_a_function(MvChannelHandle channel, const char *url) {
    const struct MvHttpRequest request = {
        .method = sized("GET"), .url = sized(url), .timeout_ms = 10000};
    return mvSendHttpRequest(channel, &request);
}
