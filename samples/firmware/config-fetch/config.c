#include "config.h"

#include "clock.h"
#include "events.h"
#include "freestanding.h"
#include "log.h"
#include "network.h"

#define MAX_ITEMS 4u
#define ANSWER_TIMEOUT_MS 10000u
#define OPEN_ATTEMPTS 5
#define OPEN_PAUSE_MS 1000u

/* Microvisor's while the channel is open; the send buffer is even write-protected. */
static uint8_t receive_buffer[2048] __attribute__((aligned(512)));
static uint8_t send_buffer[512] __attribute__((aligned(512)));

static bool is_passing(enum MvStatus status) {
    return status == MV_STATUS_RATELIMITED || status == MV_STATUS_NETWORKNOTCONNECTED;
}

static enum MvStatus open_channel(MvChannelHandle *channel) {
    const struct MvOpenChannelParams params = {
        .version = 1,
        .v1 = {
            .notification_handle = events_centre(),
            .notification_tag = TAG_CONFIG,
            .network_handle = network_handle(),
            .receive_buffer = receive_buffer,
            .receive_buffer_len = sizeof receive_buffer,
            .send_buffer = send_buffer,
            .send_buffer_len = sizeof send_buffer,
            .channel_type = MV_CHANNELTYPE_CONFIGFETCH,
            .endpoint = {.data = (const uint8_t *)"", .length = 0},
        },
    };
    enum MvStatus status = MV_STATUS_UNAVAILABLE;
    for (int attempt = 0; attempt < OPEN_ATTEMPTS; attempt++) {
        status = mvOpenChannel(&params, channel);
        if (!is_passing(status)) {
            break;
        }
        clock_pause(OPEN_PAUSE_MS);
    }
    return status;
}

static enum MvStatus send_request(
        MvChannelHandle channel, const struct config_item *items, size_t count) {
    struct MvConfigKeyToFetch keys[MAX_ITEMS];
    for (size_t i = 0; i < count; i++) {
        keys[i].scope = items[i].scope;
        keys[i].store = items[i].store;
        keys[i].key.data = (const uint8_t *)items[i].key;
        keys[i].key.length = strlen(items[i].key);
    }
    const struct MvConfigKeyFetchParams request = {.num_items = count, .keys_to_fetch = keys};
    /* Before the request: its answer may be quicker than the next line. */
    config_settled = false;
    config_answered = false;
    return mvSendConfigFetchRequest(channel, &request);
}

static void read_item(MvChannelHandle channel, uint32_t index, struct config_item *item) {
    enum MvConfigKeyFetchResult result = MV_CONFIGKEYFETCHRESULT_SERVERERROR;
    uint32_t length = 0;
    const struct MvConfigResponseReadItemParams params = {
        .item_index = index,
        .result = &result,
        .buf = {
            .data = (uint8_t *)item->value,
            .size = CONFIG_VALUE_BYTES,
            .length = &length,
        },
    };
    enum MvStatus status = mvReadConfigResponseItem(channel, &params);
    item->found = status == MV_STATUS_OKAY && result == MV_CONFIGKEYFETCHRESULT_OK
            && length <= CONFIG_VALUE_BYTES;
    item->length = item->found ? length : 0;
    item->value[item->length] = '\0';
    if (!item->found) {
        log_line("config: no %s (status %d, result %d)", item->key, (int)status, (int)result);
    }
}

static bool read_answer(MvChannelHandle channel, struct config_item *items, size_t count) {
    struct MvConfigResponseData answer = {.result = MV_CONFIGFETCHRESULT_OK, .num_items = 0};
    enum MvStatus status = mvReadConfigFetchResponseData(channel, &answer);
    if (status != MV_STATUS_OKAY) {
        log_line("config: no answer to read (%d)", (int)status);
        return false;
    }
    if (answer.result != MV_CONFIGFETCHRESULT_OK || answer.num_items != count) {
        log_line("config: bad answer (result %d, %u items)", (int)answer.result,
                (unsigned)answer.num_items);
        return false;
    }
    for (size_t i = 0; i < count; i++) {
        read_item(channel, i, &items[i]);
    }
    return true;
}

static bool fetch(MvChannelHandle channel, struct config_item *items, size_t count) {
    enum MvStatus status = send_request(channel, items, count);
    if (status != MV_STATUS_OKAY) {
        log_line("config: request refused (%d)", (int)status);
        return false;
    }
    if (!clock_wait_for(&config_settled, ANSWER_TIMEOUT_MS)) {
        log_line("config: no answer within %u ms", ANSWER_TIMEOUT_MS);
        return false;
    }
    if (!config_answered) {
        log_line("config: connection lost");
        return false;
    }
    return read_answer(channel, items, count);
}

bool config_read(struct config_item *items, size_t count) {
    if (count > MAX_ITEMS) {
        log_line("config: at most %u items", MAX_ITEMS);
        return false;
    }
    MvChannelHandle channel = 0;
    enum MvStatus status = open_channel(&channel);
    if (status != MV_STATUS_OKAY) {
        log_line("config: no channel (%d)", (int)status);
        return false;
    }
    bool done = fetch(channel, items, count);
    /* A channel that lost its connection is closed as well, and says so. */
    status = mvCloseChannel(&channel);
    if (status != MV_STATUS_OKAY && status != MV_STATUS_CHANNELCLOSED) {
        log_line("config: channel not closed (%d)", (int)status);
    }
    return done;
}
