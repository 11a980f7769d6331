#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include "mv_syscalls.h"

MvChannelHandle channel;
static const char BASE[] = "https://example.com";

static enum MvStatus send(const char *url, const char *body) {
    const struct MvHttpRequest request = {
        .method = {.data = (const uint8_t *)"POST", .length = 4},
        .url = {.data = (const uint8_t *)url, .length = strlen(url)},
        .body = {.data = (const uint8_t *)body, .length = strlen(body)},
        .timeout_ms = 10000};
    return mvSendHttpRequest(channel, &request);
}

enum MvStatus with_the_nul(const char *text) {
    char body[strlen(text) + 1];
    strcpy(body, text);
    return send("https://example.com/", body);
}

enum MvStatus with_the_quotes(const char *name) {
    size_t length = strlen(name) + 2;
    char body[length + 1];
    sprintf(body, "\"%s\"", name);
    return send("https://example.com/", body);
}

enum MvStatus with_room_to_spare(const char *key, unsigned value) {
    char *body = malloc(strlen(key) + 16);
    if (body == NULL) {
        return MV_STATUS_UNAVAILABLE;
    }
    sprintf(body, "%s=%u", key, value);
    enum MvStatus status = send("https://example.com/", body);
    free(body);
    return status;
}

enum MvStatus with_a_limit(const char *path) {
    char url[64];
    snprintf(url, sizeof(url), "https://example.com/%s", path);
    return send(url, "");
}

enum MvStatus numbers_only(unsigned item) {
    char url[64];
    sprintf(url, "https://example.com/items/%u", item);
    return send(url, "");
}

enum MvStatus bounded_text(const char *name) {
    char url[64];
    sprintf(url, "https://example.com/%.16s", name);
    return send(url, "");
}

enum MvStatus constants(void) {
    char url[64];
    const char *path = "items";
    sprintf(url, "%s/%s", BASE, path);
    return send(url, "");
}

static enum MvStatus one_of_two(const char *path) {
    char url[64];
    sprintf(url, "https://example.com/%s", path);
    return send(url, "");
}

enum MvStatus both(void) {
    enum MvStatus status = one_of_two("first");
    return status == MV_STATUS_OKAY ? one_of_two("second") : status;
}

enum MvStatus looked_at(const char *path) {
    char url[64];
    if (strlen(path) > 32) {
        return MV_STATUS_INVALIDBUFFERSIZE;
    }
    sprintf(url, "https://example.com/%s", path);
    return send(url, "");
}

static char line[32];

/* No request is made of it. */
void to_the_log(const char *text) {
    sprintf(line, "%s", text);
    (void)mvServerLog((const uint8_t *)line, (uint16_t)strlen(line));
}
