#include "relay.h"

struct relay_settings relay_settings;

static uint8_t settings_rx[BLOCKS(3)] CHANNEL_MEMORY;
static uint8_t settings_tx[BLOCKS(1)] CHANNEL_MEMORY;

static const struct MvConfigKeyToFetch keys[] = {
#define X(name_, key_, scope_, store_, size_)                            \
    {.scope = MV_CONFIGKEYFETCHSCOPE_##scope_,                           \
     .store = MV_CONFIGKEYFETCHSTORE_##store_,                           \
     .key = SIZED_LITERAL(key_)},
    RELAY_SETTINGS(X)
#undef X
};

static bool load_item(MvChannelHandle channel, uint32_t index, char *to, uint32_t size) {
    enum MvConfigKeyFetchResult result;
    uint32_t length = 0;
    const struct MvConfigResponseReadItemParams params = {
        .item_index = index,
        .result = &result,
        .buf = {(uint8_t *)to, size - 1, &length},
    };
    if (!OK(TRY(mvReadConfigResponseItem(channel, &params))) || result != MV_CONFIGKEYFETCHRESULT_OK || length >= size) {
        return false;
    }
    to[length] = '\0';
    return true;
}

bool settings_load(void) {
    MvChannelHandle channel = 0;
    bool loaded = true;
    uint32_t index = 0;
    struct MvConfigResponseData data;
    const struct MvConfigKeyFetchParams fetch = {.num_items = LEN(keys), .keys_to_fetch = keys};
    struct MvOpenChannelParams params = channel_params(
            TAG_settings, MV_CHANNELTYPE_CONFIGFETCH, settings_rx, sizeof settings_rx, settings_tx, sizeof settings_tx);

    CHECK(mvOpenChannel(&params, &channel));
    centre_forget(TAG_settings);
    CHECK(mvSendConfigFetchRequest(channel, &fetch));
    if (!centre_wait(TAG_settings, 8000)) {
        goto fail;
    }
    CHECK(mvReadConfigFetchResponseData(channel, &data));
    if (data.result != MV_CONFIGFETCHRESULT_OK || data.num_items != LEN(keys)) {
        goto fail;
    }
#define X(name, key, scope, store, size) \
    loaded = load_item(channel, index++, relay_settings.name, sizeof relay_settings.name) && loaded;
    RELAY_SETTINGS(X)
#undef X
    channel_shut(&channel);
    return loaded && relay_settings.url[0] != '\0';
fail:
    channel_shut(&channel);
    return false;
}
