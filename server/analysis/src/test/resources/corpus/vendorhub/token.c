/**
 *
 * the token that opens the hub
 *
 */
#include "main.h"

char token[TOKEN_SIZE];

static volatile bool ready = false;
static volatile bool lost = false;
static volatile struct MvNotification token_ring[4] __attribute__((aligned(8)));

static bool ask(MvChannelHandle channel);
static void close_channel(MvChannelHandle *channel);


/**
 * @brief Fetch the shared key and make a token of it.
 */
bool token_fetch(void) {

    static MvNotificationHandle center = 0;
    MvChannelHandle channel = 0;

    if (center == 0) {
        const struct MvNotificationSetup setup = {
            .irq = TIM8_UP_IRQn,
            .buffer = (struct MvNotification *)token_ring,
            .buffer_size = sizeof(token_ring)
        };

        if (mvSetupNotifications(&setup, &center) != MV_STATUS_OKAY) return false;
        NVIC_ClearPendingIRQ(TIM8_UP_IRQn);
        NVIC_EnableIRQ(TIM8_UP_IRQn);
    }

    static uint8_t rx[1024] __attribute__((aligned(512)));
    static uint8_t tx[512] __attribute__((aligned(512)));
    const struct MvOpenChannelParams params = {
        .version = 1,
        .v1 = {
            .notification_handle = center,
            .notification_tag = 1,
            .network_handle = network_of_app(),
            .receive_buffer = rx,
            .receive_buffer_len = sizeof(rx),
            .send_buffer = tx,
            .send_buffer_len = sizeof(tx),
            .channel_type = MV_CHANNELTYPE_CONFIGFETCH,
            .endpoint = { (const uint8_t *)"", 0 }
        }
    };

    if (mvOpenChannel(&params, &channel) != MV_STATUS_OKAY) return false;

    ready = false;
    lost = false;
    if (!ask(channel)) {
        server_error("Key not asked for");
        close_channel(&channel);
        return false;
    }

    uint32_t waited = 0;
    while (!ready && !lost && waited < 5000) {
        osDelay(50);
        waited += 50;
    }

    bool okay = false;
    struct MvConfigResponseData data;
    if (ready && mvReadConfigFetchResponseData(channel, &data) == MV_STATUS_OKAY && data.result == MV_CONFIGFETCHRESULT_OK && data.num_items == 1) {
        uint8_t  key[KEY_SIZE] = { 0 };
        uint32_t length = 0;
        enum MvConfigKeyFetchResult result = MV_CONFIGKEYFETCHRESULT_OK;
        const struct MvConfigResponseReadItemParams item = {
            .item_index = 0,
            .result = &result,
            .buf = { .data = key, .size = sizeof(key) - 1, .length = &length }
        };

        if (mvReadConfigResponseItem(channel, &item) == MV_STATUS_OKAY && result == MV_CONFIGKEYFETCHRESULT_OK) {
            snprintf(token, sizeof(token), "SharedAccessSignature sr=%s&sig=%s", HUB_HOST, (const char *)key);
            server_log("Token of %u bytes", (unsigned)strlen(token));
            okay = true;
        }
    }

    close_channel(&channel);
    return okay;
}


static bool ask(MvChannelHandle channel) {

    static const char NAME[] = "hub-key";
    const struct MvConfigKeyToFetch key = {
        .scope = MV_CONFIGKEYFETCHSCOPE_DEVICE,
        .store = MV_CONFIGKEYFETCHSTORE_SECRET,
        .key = { (const uint8_t *)NAME, sizeof(NAME) - 1 }
    };
    const struct MvConfigKeyFetchParams request = { 1, &key };
    return mvSendConfigFetchRequest(channel, &request) == MV_STATUS_OKAY;
}


static void close_channel(MvChannelHandle *channel) {

    enum MvStatus status = mvCloseChannel(channel);
    if (status != MV_STATUS_OKAY && status != MV_STATUS_CHANNELCLOSED) server_error("Token channel: %i", status);
}


void TIM8_UP_IRQHandler(void) {

    static uint32_t at = 0;
    while (token_ring[at].event_type != MV_EVENTTYPE_NOEVENT) {
        if (token_ring[at].event_type == MV_EVENTTYPE_CHANNELDATAREADABLE) ready = true;
        if (token_ring[at].event_type == MV_EVENTTYPE_CHANNELNOTCONNECTED) lost = true;
        token_ring[at].event_type = MV_EVENTTYPE_NOEVENT;
        at = (at + 1) % 4;
    }
}
