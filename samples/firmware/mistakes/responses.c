/* Data from the network that is trusted too far. Linked, and not run. */
#include <stdio.h>
#include <string.h>

#include "log.h"
#include "mistakes.h"

/* No C library is linked. */
char *strcpy(char *restrict to, const char *restrict from) {
    char *start = to;
    while ((*to++ = *from++) != '\0') {
    }
    return start;
}

int printf(const char *restrict format, ...) {
    (void)mvServerLog((const uint8_t *)format, (uint16_t)strlen(format));
    return 0;
}

static char name[32];
static char password[65];

static void terminate_behind_the_end(MvChannelHandle channel) {
    static char value[64];
    enum MvConfigKeyFetchResult result = MV_CONFIGKEYFETCHRESULT_SERVERERROR;
    uint32_t length = 0;
    const struct MvConfigResponseReadItemParams params = {
        .result = &result,
        .buf = {.data = (uint8_t *)value, .size = sizeof value, .length = &length},
    };
    if (mvReadConfigResponseItem(channel, &params) == MV_STATUS_OKAY
            && result == MV_CONFIGKEYFETCHRESULT_OK) {
        value[length] = '\0';  // expect: config-value-overflow
    }
}

static void log_without_end(MvChannelHandle channel) {
    static char header[64];
    if (mvReadHttpResponseHeader(channel, 0, (uint8_t *)header, sizeof header) == MV_STATUS_OKAY) {  // expect: response-string-no-nul
        printf("header %s", header);
    }
}

static void copy_without_limit(MvChannelHandle channel) {
    char body[128] = {0};
    if (mvReadHttpResponseBody(channel, 0, (uint8_t *)body, sizeof body - 1) == MV_STATUS_OKAY) {
        strcpy(name, body);  // expect: response-tainted-copy
    }
}

static void print_as_format(MvChannelHandle channel) {
    char body[128] = {0};
    if (mvReadHttpResponseBody(channel, 0, (uint8_t *)body, sizeof body - 1) == MV_STATUS_OKAY) {
        printf(body);  // expect: tainted-format-string
    }
}

static void trust_the_answer(MvChannelHandle channel) {
    struct MvHttpResponseData response;
    if (mvReadHttpResponseData(channel, &response) == MV_STATUS_OKAY) {
        log_line("%u bytes", (unsigned)response.body_length);  // expect: result-unchecked
    }
}

static void ask_for_password(MvChannelHandle channel) {
    const struct MvConfigKeyToFetch keys[1] = {{
        .scope = MV_CONFIGKEYFETCHSCOPE_DEVICE,
        .store = MV_CONFIGKEYFETCHSTORE_SECRET,
        .key = {.data = (const uint8_t *)"password", .length = 8},
    }};
    const struct MvConfigKeyFetchParams request = {.num_items = 1, .keys_to_fetch = keys};
    report("password", mvSendConfigFetchRequest(channel, &request));
}

static void log_password(MvChannelHandle channel) {
    enum MvConfigKeyFetchResult result = MV_CONFIGKEYFETCHRESULT_SERVERERROR;
    uint32_t length = 0;
    const struct MvConfigResponseReadItemParams params = {
        .result = &result,
        .buf = {.data = (uint8_t *)password, .size = 64, .length = &length},
    };
    if (mvReadConfigResponseItem(channel, &params) == MV_STATUS_OKAY
            && result == MV_CONFIGKEYFETCHRESULT_OK) {
        password[length] = '\0';
        printf("got %s", password);  // expect: secret-logged
    }
}

void mistakes_with_responses(MvChannelHandle http, MvChannelHandle config) {
    terminate_behind_the_end(config);
    log_without_end(http);
    copy_without_limit(http);
    print_as_format(http);
    trust_the_answer(http);
    ask_for_password(config);
    log_password(config);
}
