#include <stdarg.h>
#include <stdbool.h>
#include <stdio.h>
#include <string.h>
#include "mv_syscalls.h"

enum { KEY_HOST, KEY_TOKEN, KEYS };

/* The list could be changed, and nothing changes it. */
static struct MvConfigKeyToFetch keys[KEYS] = {
    [KEY_HOST] = {MV_CONFIGKEYFETCHSCOPE_ACCOUNT, MV_CONFIGKEYFETCHSTORE_CONFIG, {(const uint8_t *)"host", 4}},
    [KEY_TOKEN] = {MV_CONFIGKEYFETCHSCOPE_ACCOUNT, MV_CONFIGKEYFETCHSTORE_SECRET, {(const uint8_t *)"token", 5}},
};

static MvChannelHandle channel;
static struct {
    char host[64];
    char token[48];
} settings;

static void note(const char *format, ...) {
    static char line[160];
    va_list arguments;
    va_start(arguments, format);
    vsnprintf(line, sizeof line, format, arguments);
    va_end(arguments);
    (void)mvServerLog((const uint8_t *)line, (uint16_t)strlen(line));
}

bool ask(void) {
    const struct MvConfigKeyFetchParams request = {.num_items = KEYS, .keys_to_fetch = keys};
    return mvSendConfigFetchRequest(channel, &request) == MV_STATUS_OKAY;
}

static bool item(uint32_t index, char *to, uint32_t room) {
    enum MvConfigKeyFetchResult result = MV_CONFIGKEYFETCHRESULT_SERVERERROR;
    uint32_t length = 0;
    struct MvConfigResponseReadItemParams read = {index, &result, {(uint8_t *)to, room - 1, &length}};
    if (mvReadConfigResponseItem(channel, &read) != MV_STATUS_OKAY || result != MV_CONFIGKEYFETCHRESULT_OK) return false;
    to[length] = '\0';
    return true;
}

bool take(void) {
    struct MvConfigResponseData response;
    if (mvReadConfigFetchResponseData(channel, &response) != MV_STATUS_OKAY
        || response.result != MV_CONFIGFETCHRESULT_OK) return false;
    if (!item(KEY_HOST, settings.host, sizeof settings.host)) return false;
    if (!item(KEY_TOKEN, settings.token, sizeof settings.token)) return false;
    note("host %s", settings.host);
    note("token %s", settings.token); // expect: secret-logged
    return true;
}

int main(void) {
    return ask() && take() ? 0 : 1;
}
