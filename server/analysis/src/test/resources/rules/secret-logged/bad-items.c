#include <stdbool.h>
#include <stdio.h>
#include <string.h>
#include "mv_syscalls.h"

struct account {
    char host[65];
    char token[65];
};

static struct account account;

#define KEY(store_, text) \
    {.scope = MV_CONFIGKEYFETCHSCOPE_DEVICE, .store = MV_CONFIGKEYFETCHSTORE_##store_, \
     .key = {(const uint8_t *)(text), sizeof(text) - 1}}

/* The second is the secret, and only that. */
static const struct MvConfigKeyToFetch keys[] = {
    KEY(CONFIG, "host"),
    KEY(SECRET, "token"),
};

bool ask(MvChannelHandle channel) {
    const struct MvConfigKeyFetchParams request = {.num_items = 2, .keys_to_fetch = keys};
    return mvSendConfigFetchRequest(channel, &request) == MV_STATUS_OKAY;
}

static void say(const char *what, const char *text) {
    char line[160];
    int length = snprintf(line, sizeof line, "%s: %s", what, text);
    if (length > 0 && length < (int)sizeof line) {
        (void)mvServerLog((const uint8_t *)line, (uint16_t)length);
    }
}

static bool item(MvChannelHandle channel, uint32_t index, char *to, uint32_t room) {
    enum MvConfigKeyFetchResult result = MV_CONFIGKEYFETCHRESULT_SERVERERROR;
    uint32_t length = 0;
    const struct MvConfigResponseReadItemParams params = {
        .item_index = index, .result = &result, .buf = {(uint8_t *)to, room - 1, &length}};
    if (mvReadConfigResponseItem(channel, &params) != MV_STATUS_OKAY
        || result != MV_CONFIGKEYFETCHRESULT_OK) {
        return false;
    }
    to[length] = '\0';
    return true;
}

static bool load(MvChannelHandle channel, struct account *to) {
    if (!item(channel, 0, to->host, sizeof to->host) || !item(channel, 1, to->token, sizeof to->token)) {
        return false;
    }
    say("host", to->host);
    say("token", to->token); // expect: secret-logged
    return true;
}

/* Another function, which gets the whole account. */
static void show(const struct account *of) {
    printf("account at %s\n", of->host);
    printf("account with %s\n", of->token); // expect: secret-logged
}

int main(void) {
    MvChannelHandle channel = 0;
    if (ask(channel) && load(channel, &account)) {
        show(&account);
    }
    return 0;
}
