#include <stdarg.h>
#include <stdbool.h>
#include <stdio.h>
#include <string.h>
#include "mv_syscalls.h"

void log_line(const char *format, ...) __attribute__((format(printf, 1, 2)));

/** The caller chooses the store. */
static bool fetch(MvChannelHandle channel, enum MvConfigKeyFetchStore store, const char *name, uint8_t *value,
                  uint32_t size, uint32_t *length) {
    struct MvConfigKeyToFetch key = {
        .scope = MV_CONFIGKEYFETCHSCOPE_DEVICE,
        .store = store,
        .key = {.data = (const uint8_t *)name, .length = strlen(name)},
    };
    const struct MvConfigKeyFetchParams request = {.num_items = 1, .keys_to_fetch = &key};
    if (mvSendConfigFetchRequest(channel, &request) != MV_STATUS_OKAY) return false;
    enum MvConfigKeyFetchResult result = MV_CONFIGKEYFETCHRESULT_SERVERERROR;
    const struct MvConfigResponseReadItemParams item = {
        .item_index = 0,
        .result = &result,
        .buf = {.data = value, .size = size, .length = length},
    };
    return mvReadConfigResponseItem(channel, &item) == MV_STATUS_OKAY && result == MV_CONFIGKEYFETCHRESULT_OK;
}

static bool read(MvChannelHandle channel, char *text, size_t room) {
    uint8_t raw[33] = {0};
    uint32_t length = 0;
    if (!fetch(channel, MV_CONFIGKEYFETCHSTORE_CONFIG, "name", raw, 32, &length)) return false;
    strncpy(text, (const char *)raw, room - 1);
    text[room - 1] = '\0';
    return true;
}

// The same way for both, and only what is no secret is logged.
void prepare(MvChannelHandle channel) {
    uint8_t key[33] = {0};
    char name[40] = {0};
    uint32_t length = 0;
    if (fetch(channel, MV_CONFIGKEYFETCHSTORE_SECRET, "api-key", key, 32, &length)) {
        log_line("the key has %lu characters", (unsigned long)strlen((const char *)key));
    }
    if (read(channel, name, sizeof(name))) log_line("I am %s", name);
}

void log_line(const char *format, ...) {
    char line[256];
    va_list arguments;
    va_start(arguments, format);
    vsnprintf(line, sizeof(line), format, arguments);
    va_end(arguments);
    (void)mvServerLog((const uint8_t *)line, (uint16_t)strlen(line));
}

int main(void) {
    static uint8_t space[1024] __attribute__((aligned(512)));
    if (mvServerLoggingInit(space, sizeof(space)) == MV_STATUS_OKAY) prepare(0);
    return 0;
}
