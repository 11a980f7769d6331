#include <stdbool.h>
#include <stdio.h>
#include <string.h>
#include "mv_syscalls.h"

static char password[65];
static char name[33];
static char command[128];

/* A number chooses the store. */
static bool fetch(MvChannelHandle channel, const char *wanted, int secret, char *to, uint32_t room) {
    struct MvConfigKeyToFetch key;
    struct MvConfigKeyFetchParams request;
    enum MvConfigKeyFetchResult result = MV_CONFIGKEYFETCHRESULT_SERVERERROR;
    uint32_t length = 0;
    key.scope = MV_CONFIGKEYFETCHSCOPE_DEVICE;
    key.store = secret ? MV_CONFIGKEYFETCHSTORE_SECRET : MV_CONFIGKEYFETCHSTORE_CONFIG;
    key.key.data = (const uint8_t *)wanted;
    key.key.length = strlen(wanted);
    request.num_items = 1;
    request.keys_to_fetch = &key;
    if (mvSendConfigFetchRequest(channel, &request) != MV_STATUS_OKAY) return false;
    struct MvConfigResponseReadItemParams item;
    item.item_index = 0;
    item.result = &result;
    item.buf.data = (uint8_t *)to;
    item.buf.size = room - 1;
    item.buf.length = &length;
    if (mvReadConfigResponseItem(channel, &item) != MV_STATUS_OKAY || result != MV_CONFIGKEYFETCHRESULT_OK) return false;
    to[length] = '\0';
    return true;
}

static void say(const char *text) {
    (void)mvServerLog((const uint8_t *)text, (uint16_t)strlen(text));
}

void sign_on(MvChannelHandle channel, MvChannelHandle other) {
    if (!fetch(channel, "name", 0, name, sizeof name) || !fetch(other, "password", 1, password, sizeof password)) return;
    say(name);
    snprintf(command, sizeof command, "LOGIN %s %s", name, password);
    say(command); // expect: secret-logged
}

int main(void) {
    sign_on(0, 0);
    return 0;
}
