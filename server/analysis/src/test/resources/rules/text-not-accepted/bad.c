#include "mv_syscalls.h"

#include <stdio.h>
#include <string.h>

enum MvStatus insecure(MvChannelHandle channel) {
    const struct MvHttpRequest request = {
        .method = {.data = (const uint8_t *)"GET", .length = 3},
        .url = {.data = (const uint8_t *)"http://example.com/", .length = 19}, // expect: text-not-accepted
        .timeout_ms = 10000};
    return mvSendHttpRequest(channel, &request);
}

enum MvStatus insecure_item(MvChannelHandle channel, unsigned item) {
    char url[64] = "";
    snprintf(url, sizeof(url), "http://example.com/items/%u", item);
    const struct MvHttpRequest request = {
        .method = {.data = (const uint8_t *)"GET", .length = 3},
        .url = {.data = (const uint8_t *)url, .length = strlen(url)}, // expect: text-not-accepted
        .timeout_ms = 10000};
    return mvSendHttpRequest(channel, &request);
}

enum MvStatus method_with_nul(MvChannelHandle channel) {
    const char method[] = "GET";
    const struct MvHttpRequest request = {
        .method = {.data = (const uint8_t *)method, .length = sizeof(method)}, // expect: text-not-accepted
        .url = {.data = (const uint8_t *)"https://example.com/", .length = 20},
        .timeout_ms = 10000};
    return mvSendHttpRequest(channel, &request);
}

enum MvStatus unknown_method(MvChannelHandle channel) {
    const struct MvHttpRequest request = {
        .method = {.data = (const uint8_t *)"get", .length = 3}, // expect: text-not-accepted
        .url = {.data = (const uint8_t *)"https://example.com/", .length = 20},
        .timeout_ms = 10000};
    return mvSendHttpRequest(channel, &request);
}

enum MvStatus keys(MvChannelHandle channel) {
    static const char LONG[] =
        "0123456789012345678901234567890123456789012345678901234567890123456789"
        "0123456789012345678901234567890123456789";
    const struct MvConfigKeyToFetch keys[] = {
        {.scope = MV_CONFIGKEYFETCHSCOPE_DEVICE,
         .store = MV_CONFIGKEYFETCHSTORE_CONFIG,
         .key = {.data = (const uint8_t *)"prefs\n", .length = 6}}, // expect: text-not-accepted
        {.scope = MV_CONFIGKEYFETCHSCOPE_DEVICE,
         .store = MV_CONFIGKEYFETCHSTORE_CONFIG,
         .key = {.data = (const uint8_t *)LONG, .length = sizeof(LONG) - 1}}, // expect: text-not-accepted
    };
    const struct MvConfigKeyFetchParams request = {.num_items = 2, .keys_to_fetch = keys};
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
               .endpoint = {.data = (const uint8_t *)"example", .length = 7}}}; // expect: text-not-accepted
    return mvOpenChannel(&params, channel);
}
