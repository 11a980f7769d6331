#include "mv_syscalls.h"

#include <stdio.h>
#include <string.h>

static const char BASE[] = "https://example.com/";

enum MvStatus secure(MvChannelHandle channel, const char *other) {
    struct MvHttpRequest request = {
        .method = {.data = (const uint8_t *)"PATCH", .length = 5},
        .url = {.data = (const uint8_t *)BASE, .length = sizeof(BASE) - 1},
        .timeout_ms = 10000};
    if (other != 0) {
        request.url.data = (const uint8_t *)other;
        request.url.length = strlen(other);
    }
    return mvSendHttpRequest(channel, &request);
}

enum MvStatus item(MvChannelHandle channel, unsigned item) {
    char url[64] = "";
    const char method[] = "GET";
    snprintf(url, sizeof(url), "%sitems/%u", BASE, item);
    const struct MvHttpRequest request = {
        .method = {.data = (const uint8_t *)method, .length = strlen(method)},
        .url = {.data = (const uint8_t *)url, .length = strlen(url)},
        .timeout_ms = 10000};
    return mvSendHttpRequest(channel, &request);
}

/* What is written later is not known. */
enum MvStatus built(MvChannelHandle channel, const char *path) {
    char url[64] = "http://example.com/";
    strncat(url, path, sizeof(url) - strlen(url) - 1);
    url[4] = 's';
    const struct MvHttpRequest request = {
        .method = {.data = (const uint8_t *)"GET", .length = 3},
        .url = {.data = (const uint8_t *)url, .length = strlen(url)},
        .timeout_ms = 10000};
    return mvSendHttpRequest(channel, &request);
}

enum MvStatus scheme_in_capitals(MvChannelHandle channel) {
    const struct MvHttpRequest request = {
        .method = {.data = (const uint8_t *)"GET", .length = 3},
        .url = {.data = (const uint8_t *)"HTTPS://example.com/", .length = 20},
        .timeout_ms = 10000};
    return mvSendHttpRequest(channel, &request);
}

enum MvStatus keys(MvChannelHandle channel) {
    const struct MvConfigKeyToFetch keys[] = {
        {.scope = MV_CONFIGKEYFETCHSCOPE_DEVICE,
         .store = MV_CONFIGKEYFETCHSTORE_CONFIG,
         .key = {.data = (const uint8_t *)"a key: {1}", .length = 10}},
    };
    const struct MvConfigKeyFetchParams request = {.num_items = 1, .keys_to_fetch = keys};
    return mvSendConfigFetchRequest(channel, &request);
}

static uint8_t receive[512] __attribute__((aligned(512)));
static uint8_t send[512] __attribute__((aligned(512)));

enum MvStatus endpoint(
    MvNotificationHandle centre, MvNetworkHandle network, MvChannelHandle *channel) {
    const struct MvOpenChannelParams params = {
        .version = 1,
        .v1 = {.notification_handle = centre,
               .network_handle = network,
               .receive_buffer = receive,
               .receive_buffer_len = sizeof(receive),
               .send_buffer = send,
               .send_buffer_len = sizeof(send),
               .channel_type = MV_CHANNELTYPE_HTTP,
               .endpoint = {.data = (const uint8_t *)"", .length = 0}}};
    return mvOpenChannel(&params, channel);
}
