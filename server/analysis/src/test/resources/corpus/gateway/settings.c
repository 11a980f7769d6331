#include <stdlib.h>
#include <string.h>

#include "gateway.h"

#define ITEMS(a) (sizeof(a) / sizeof((a)[0]))

/* Only the send buffer has to lie on 512: the channel is no HTTP channel. */
static uint8_t cfg_receive[2048];
static uint8_t cfg_send[1024] __attribute__((aligned(512)));

#define KEY(scope_, store_, text)                                 \
    {                                                             \
        .scope = MV_CONFIGKEYFETCHSCOPE_##scope_,                 \
        .store = MV_CONFIGKEYFETCHSTORE_##store_,                 \
        .key = {(const uint8_t *)(text), sizeof(text) - 1},       \
    }

static const struct MvConfigKeyToFetch keys[] = {
    KEY(DEVICE, CONFIG, "gateway-url"),
    KEY(ACCOUNT, SECRET, "gateway-token"),
    KEY(DEVICE, CONFIG, "gateway-period"),
};

static bool read_item(MvChannelHandle channel, uint32_t index, char *out, uint32_t room) {
    uint32_t length = 0;
    enum MvConfigKeyFetchResult result = MV_CONFIGKEYFETCHRESULT_SERVERERROR;
    struct MvConfigResponseReadItemParams item = {
        .item_index = index,
        .result = &result,
        .buf = {.data = (uint8_t *)out, .size = room - 1, .length = &length}};
    if (mvReadConfigResponseItem(channel, &item) != MV_STATUS_OKAY) {
        return false;
    }
    if (result != MV_CONFIGKEYFETCHRESULT_OK || length >= room) {
        return false;
    }
    out[length] = '\0';
    return true;
}

static bool read_all(MvChannelHandle channel, settings_t *out) {
    struct MvConfigResponseData data;
    if (mvReadConfigFetchResponseData(channel, &data) != MV_STATUS_OKAY || data.result != MV_CONFIGFETCHRESULT_OK ||
        data.num_items != ITEMS(keys)) {
        return false;
    }
    char period[12];
    if (!read_item(channel, 0, out->url, sizeof out->url) || !read_item(channel, 1, out->token, sizeof out->token) ||
        !read_item(channel, 2, period, sizeof period)) {
        return false;
    }
    out->period_s = (uint32_t)strtoul(period, NULL, 10);
    log_line("settings: %s every %lu s", out->url, (unsigned long)out->period_s);
    return out->url[0] != '\0';
}

bool settings_fetch(settings_t *out) {
    struct MvOpenChannelParams params = {
        .version = 1,
        .v1 = {.notification_handle = notify_centre(),
               .notification_tag = TAG_CONFIG,
               .network_handle = link_handle(),
               .receive_buffer = cfg_receive,
               .receive_buffer_len = sizeof cfg_receive,
               .send_buffer = cfg_send,
               .send_buffer_len = sizeof cfg_send,
               .channel_type = MV_CHANNELTYPE_CONFIGFETCH,
               .endpoint = {(const uint8_t *)"", 0}},
    };
    MvChannelHandle channel = 0;
    enum MvStatus status = mvOpenChannel(&params, &channel);
    if (status != MV_STATUS_OKAY) {
        log_line("settings: open %d", (int)status);
        return false;
    }
    struct MvConfigKeyFetchParams request = {
        .num_items = ITEMS(keys),
        .keys_to_fetch = keys,
    };
    bool ok = false;
    status = mvSendConfigFetchRequest(channel, &request);
    if (status != MV_STATUS_OKAY) {
        log_line("settings: request %d", (int)status);
    } else if ((notify_wait(EVT_CONFIG_READY | EVT_CONFIG_LOST, 10000) & EVT_CONFIG_READY) != 0) {
        ok = read_all(channel, out);
    }
    if (mvCloseChannel(&channel) != MV_STATUS_OKAY) {
        log_line("settings: close failed");
    }
    return ok;
}
