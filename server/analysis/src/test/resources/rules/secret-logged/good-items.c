#include <stdbool.h>
#include <stdio.h>
#include <string.h>
#include "mv_syscalls.h"

struct account {
    char host[65];
    char token[65];
    char any[65];
};

static struct account account;

#define KEY(store_, text) \
    {.scope = MV_CONFIGKEYFETCHSCOPE_DEVICE, .store = MV_CONFIGKEYFETCHSTORE_##store_, \
     .key = {(const uint8_t *)(text), sizeof(text) - 1}}

static const struct MvConfigKeyToFetch keys[] = {
    KEY(CONFIG, "host"),
    KEY(SECRET, "token"),
    KEY(CONFIG, "city"),
};

bool ask(MvChannelHandle channel) {
    const struct MvConfigKeyFetchParams request = {.num_items = 3, .keys_to_fetch = keys};
    return mvSendConfigFetchRequest(channel, &request) == MV_STATUS_OKAY;
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

/* Which of the items is printed cannot be told; the host is none. */
static bool load(MvChannelHandle channel, struct account *to) {
    for (uint32_t i = 0; i < 3; i++) {
        if (!item(channel, i, to->any, sizeof to->any)) {
            return false;
        }
        printf("%u characters\n", (unsigned)strlen(to->any));
    }
    if (!item(channel, 0, to->host, sizeof to->host) || !item(channel, 1, to->token, sizeof to->token)) {
        return false;
    }
    printf("host %s, token of %u\n", to->host, (unsigned)strlen(to->token));
    if (!item(channel, 1, to->any, sizeof to->any) || !item(channel, 2, to->any, sizeof to->any)) {
        return false;
    }
    return true;
}

/* Holds now this item and now that one. */
static void show(const struct account *of) {
    printf("account at %s, %s\n", of->host, of->any);
}

int main(void) {
    MvChannelHandle channel = 0;
    if (ask(channel) && load(channel, &account)) {
        show(&account);
    }
    return 0;
}
