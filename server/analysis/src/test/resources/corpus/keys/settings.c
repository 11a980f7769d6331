/* Several settings in one fetch; a secret that is kept out of the log. */
#include "mv_syscalls.h"
#include "stm32u5xx_hal.h"

#include <stdbool.h>
#include <stdlib.h>
#include <string.h>

#define KEYS 3
#define VALUE_MAX 64
#define ALIGNED __attribute__((aligned(512)))

struct setting {
    const char *key;
    enum MvConfigKeyFetchStore store;
    char value[VALUE_MAX + 1];
    bool present;
};

static struct setting settings[KEYS] = {
    {.key = "period", .store = MV_CONFIGKEYFETCHSTORE_CONFIG},
    {.key = "place", .store = MV_CONFIGKEYFETCHSTORE_CONFIG},
    {.key = "token", .store = MV_CONFIGKEYFETCHSTORE_SECRET},
};

static struct {
    uint8_t in[4 * 512];
    uint8_t out[512];
} ALIGNED area;

enum { NOTES = 4 };
static volatile struct MvNotification notes[NOTES] __attribute__((aligned(8)));
static volatile int config_state;

void TIM1_BRK_IRQHandler(void) {
    static uint32_t read;
    do {
        switch (notes[read].event_type) {
            case MV_EVENTTYPE_CHANNELDATAREADABLE: config_state = 1; break;
            case MV_EVENTTYPE_CHANNELNOTCONNECTED: config_state = -1; break;
            case MV_EVENTTYPE_NOEVENT: return;
            default: break;
        }
        notes[read].event_type = 0;
        read = (read + 1) & (NOTES - 1);
    } while (true);
}

static enum MvStatus open_it(MvNotificationHandle centre, MvNetworkHandle network, MvChannelHandle *channel) {
    struct MvOpenChannelParams params = {.version = 1};
    params.v1.notification_handle = centre;
    params.v1.notification_tag = 'c';
    params.v1.network_handle = network;
    params.v1.receive_buffer = area.in;
    params.v1.receive_buffer_len = sizeof area.in;
    params.v1.send_buffer = area.out;
    params.v1.send_buffer_len = sizeof area.out;
    params.v1.channel_type = MV_CHANNELTYPE_CONFIGFETCH;
    enum MvStatus status;
    int tries = 0;
    do {
        if (tries > 0) {
            HAL_Delay(1000);
        }
        status = mvOpenChannel(&params, channel);
    } while (status == MV_STATUS_RATELIMITED && ++tries < 3);
    return status;
}

static bool ask(MvChannelHandle channel) {
    struct MvConfigKeyToFetch keys[KEYS];
    for (int i = 0; i < KEYS; i++) {
        keys[i] = (struct MvConfigKeyToFetch){
            .scope = i == 0 ? MV_CONFIGKEYFETCHSCOPE_DEVICE : MV_CONFIGKEYFETCHSCOPE_ACCOUNT,
            .store = settings[i].store,
            .key = {.data = (const uint8_t *)settings[i].key, .length = strlen(settings[i].key)},
        };
    }
    struct MvConfigKeyFetchParams request = {.num_items = KEYS, .keys_to_fetch = keys};
    config_state = 0;
    return mvSendConfigFetchRequest(channel, &request) == MV_STATUS_OKAY;
}

static bool answered(uint32_t limit_ms) {
    uint32_t until = HAL_GetTick() + limit_ms;
    while (config_state == 0) {
        if ((int32_t)(HAL_GetTick() - until) >= 0) {
            return false;
        }
        __WFI();
    }
    return config_state > 0;
}

static bool take_all(MvChannelHandle channel) {
    struct MvConfigResponseData data = {.num_items = 0};
    enum MvStatus status = mvReadConfigFetchResponseData(channel, &data);
    bool good = status == MV_STATUS_OKAY && data.result == MV_CONFIGFETCHRESULT_OK && data.num_items == KEYS;
    for (uint32_t i = 0; good && i < KEYS; i++) {
        enum MvConfigKeyFetchResult result = MV_CONFIGKEYFETCHRESULT_KEYNOTFOUND;
        uint32_t length = 0;
        struct MvConfigResponseReadItemParams item = {
            .item_index = i,
            .result = &result,
            .buf = {.data = (uint8_t *)settings[i].value, .size = VALUE_MAX, .length = &length}};
        if (mvReadConfigResponseItem(channel, &item) != MV_STATUS_OKAY) {
            good = false;
            continue;
        }
        if (result != MV_CONFIGKEYFETCHRESULT_OK) {
            settings[i].present = false;
            continue;
        }
        settings[i].value[length < VALUE_MAX ? length : VALUE_MAX] = '\0';
        settings[i].present = true;
    }
    return good;
}

int settings_fetch(MvNotificationHandle centre, MvNetworkHandle network) {
    MvChannelHandle channel = 0;
    if (open_it(centre, network, &channel) != MV_STATUS_OKAY) return -1;
    int result = ask(channel) ? (answered(8000) ? (take_all(channel) ? 0 : -4) : -3) : -2;
    const enum MvStatus closed = mvCloseChannel(&channel);
    return closed == MV_STATUS_OKAY || closed == MV_STATUS_CHANNELCLOSED ? result : -5;
}

uint32_t settings_period(void) {
    const struct setting *s = &settings[0];
    long value = s->present ? strtol(s->value, NULL, 10) : 60;
    return value > 0 ? (uint32_t)value : 60u;
}

int main(void) {
    static MvNotificationHandle centre;
    static MvNetworkHandle network;
    struct MvNotificationSetup setup = {
        .irq = TIM1_BRK_IRQn, .buffer = (struct MvNotification *)&notes[0], .buffer_size = NOTES * 16};
    if (mvSetupNotifications(&setup, &centre)) return 1;
    NVIC_EnableIRQ(TIM1_BRK_IRQn);
    const struct MvRequestNetworkParams params = {1, {centre, 'n'}};
    if (mvRequestNetwork(&params, &network)) return 2;
    for (;;) {
        enum MvNetworkStatus online;
        if (!mvGetNetworkStatus(network, &online) && online == MV_NETWORKSTATUS_CONNECTED) {
            if (settings_fetch(centre, network) < 0) {
                HAL_Delay(5000);
            }
        }
        HAL_Delay(1000u * settings_period());
    }
}
