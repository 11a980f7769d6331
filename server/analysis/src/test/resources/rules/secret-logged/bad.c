#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>
#include "mv_syscalls.h"

static char password[65];

static void log_line(const char *format, ...) {
    char text[200];
    va_list args;
    va_start(args, format);
    vsnprintf(text, sizeof text, format, args);
    va_end(args);
    mvServerLog((const uint8_t *)text, (uint16_t)strlen(text));
}

enum MvStatus ask(MvChannelHandle channel) {
    struct MvConfigKeyToFetch keys[1] = {{
        .scope = MV_CONFIGKEYFETCHSCOPE_DEVICE,
        .store = MV_CONFIGKEYFETCHSTORE_SECRET,
        .key = {.data = (const uint8_t *)"password", .length = 8},
    }};
    const struct MvConfigKeyFetchParams request = {.num_items = 1, .keys_to_fetch = keys};
    return mvSendConfigFetchRequest(channel, &request);
}

void receive(MvChannelHandle channel) {
    enum MvConfigKeyFetchResult result;
    uint32_t length = 0;
    const struct MvConfigResponseReadItemParams params = {
        .result = &result,
        .buf = {.data = (uint8_t *)password, .size = 64, .length = &length},
    };
    if (mvReadConfigResponseItem(channel, &params) == MV_STATUS_OKAY) {
        password[length] = 0;
        log_line("got %s", password); // expect: secret-logged
    }
}

void url(void) {
    char text[128];
    snprintf(text, sizeof text, "https://user:%s@example.com", password);
    printf("calling %s\n", text); // expect: secret-logged
}
