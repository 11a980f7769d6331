#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include "mv_syscalls.h"

MvChannelHandle channel;

static enum MvStatus send(const char *url, const char *body) {
    const struct MvHttpRequest request = {
        .method = {.data = (const uint8_t *)"POST", .length = 4},
        .url = {.data = (const uint8_t *)url, .length = strlen(url)},
        .body = {.data = (const uint8_t *)body, .length = strlen(body)},
        .timeout_ms = 10000};
    return mvSendHttpRequest(channel, &request);
}

enum MvStatus without_the_nul(const char *text) {
    char body[strlen(text)];
    strcpy(body, text); // expect: request-body-overflow
    return send("https://example.com/", body);
}

enum MvStatus without_the_quotes(const char *name) {
    size_t length = strlen(name);
    char body[length + 1];
    sprintf(body, "\"%s\"", name); // expect: request-body-overflow
    return send("https://example.com/", body);
}

enum MvStatus on_the_heap(const char *key, const char *value) {
    char *body = malloc(strlen(key) + strlen(value) + 1);
    if (body == NULL) {
        return MV_STATUS_UNAVAILABLE;
    }
    sprintf(body, "%s=%s", key, value); // expect: request-body-overflow
    enum MvStatus status = send("https://example.com/", body);
    free(body);
    return status;
}

enum MvStatus any_path(const char *path) {
    char url[64];
    sprintf(url, "https://example.com/%s", path); // expect: request-body-overflow
    return send(url, "");
}

enum MvStatus surely_too_long(unsigned item) {
    char url[24];
    sprintf(url, "https://example.com/items/%u", item); // expect: request-body-overflow
    return send(url, "");
}

static char topic[32];
static char device[35];

enum MvStatus publish(MvChannelHandle mqtt) {
    sprintf(topic, "devices/%s/state", device); // expect: request-body-overflow
    const struct MvMqttPublishRequest request = {
        .correlation_id = 1,
        .topic = {.data = (const uint8_t *)topic, .length = strlen(topic)},
        .payload = {.data = (const uint8_t *)"on", .length = 2}};
    return mvMqttRequestPublish(mqtt, &request);
}

/* Has nothing to do with what another function calls by the same name. */
enum MvStatus receive(MvChannelHandle channel, char *item) {
    return mvReadHttpResponseBody(channel, 0, (uint8_t *)item, 30);
}

enum MvStatus any_item(const char *item) {
    char url[64];
    sprintf(url, "https://example.com/%s", item); // expect: request-body-overflow
    return send(url, "");
}
