/* A device as one struct with a state; every handle and buffer is part of it. */
#include "mv_syscalls.h"
#include "stm32u5xx_hal.h"

#include <stdbool.h>
#include <string.h>

#define ARRAY_COUNT(a) (sizeof(a) / sizeof((a)[0]))

typedef enum { ST_OFFLINE, ST_IDLE, ST_ASKED, ST_DONE, ST_FAILED } State;

typedef struct {
    MvChannelHandle handle;
    uint8_t receive[2560] __attribute__((aligned(512)));
    uint8_t send[512] __attribute__((aligned(512)));
} Link;

typedef struct {
    State state;
    uint32_t since;
    struct {
        MvNotificationHandle centre;
        MvNetworkHandle network;
    } handles;
    Link link;
} Device;

static Device device;
static volatile struct MvNotification records[4] __attribute__((aligned(8)));
static volatile unsigned record_index;
static volatile struct {
    bool readable;
    bool broken;
} seen;

void EXTI3_IRQHandler(void) {
    bool more = true;
    while (more) {
        volatile struct MvNotification *const n = &records[record_index];
        more = n->event_type != MV_EVENTTYPE_NOEVENT;
        if (more) {
            seen.readable |= n->event_type == MV_EVENTTYPE_CHANNELDATAREADABLE;
            seen.broken |= n->event_type == MV_EVENTTYPE_CHANNELNOTCONNECTED;
            n->event_type = MV_EVENTTYPE_NOEVENT;
            record_index = (record_index + 1) % ARRAY_COUNT(records);
        }
    }
}

static void go(State next) {
    device.state = next;
    device.since = HAL_GetTick();
}

static bool elapsed(uint32_t ms) {
    return HAL_GetTick() - device.since >= ms;
}

static bool begin(void) {
    const struct MvNotificationSetup setup = {
        EXTI3_IRQn, (struct MvNotification *)records, sizeof records};
    if (mvSetupNotifications(&setup, &device.handles.centre)) {
        return false;
    }
    HAL_NVIC_SetPriority(EXTI3_IRQn, 3, 0);
    HAL_NVIC_EnableIRQ(EXTI3_IRQn);
    struct MvRequestNetworkParams params = {0};
    params.version = 1;
    params.v1.notification_handle = device.handles.centre;
    return !mvRequestNetwork(&params, &device.handles.network);
}

static enum MvStatus connect(Link *link) {
    const struct MvOpenChannelParams params = {
        .version = 1,
        .v1 = {
            .notification_handle = device.handles.centre,
            .notification_tag = 7,
            .network_handle = device.handles.network,
            .receive_buffer = link->receive,
            .receive_buffer_len = sizeof(link->receive),
            .send_buffer = link->send,
            .send_buffer_len = sizeof(link->send),
            .channel_type = MV_CHANNELTYPE_CONFIGFETCH,
            .endpoint = {(const uint8_t *)"", 0},
        },
    };
    return mvOpenChannel(&params, &link->handle);
}

static enum MvStatus request(Link *link) {
    static const char KEY[] = "sampling";
    const struct MvConfigKeyToFetch keys[] = {
        {MV_CONFIGKEYFETCHSCOPE_DEVICE, MV_CONFIGKEYFETCHSTORE_CONFIG,
                {(const uint8_t *)KEY, sizeof KEY - 1}},
    };
    const struct MvConfigKeyFetchParams params = {ARRAY_COUNT(keys), keys};
    seen.readable = false;
    seen.broken = false;
    return mvSendConfigFetchRequest(link->handle, &params);
}

static bool take(Link *link, char *value, uint32_t size) {
    struct MvConfigResponseData data;
    if (mvReadConfigFetchResponseData(link->handle, &data) != MV_STATUS_OKAY) {
        return false;
    }
    if (data.result != MV_CONFIGFETCHRESULT_OK || data.num_items != 1) {
        return false;
    }
    uint32_t length = 0;
    enum MvConfigKeyFetchResult result;
    struct MvConfigResponseReadItemParams item = {
        .item_index = 0,
        .result = &result,
        .buf = {.data = (uint8_t *)value, .size = size - 1, .length = &length}};
    if (mvReadConfigResponseItem(link->handle, &item) != MV_STATUS_OKAY
            || result != MV_CONFIGKEYFETCHRESULT_OK || length >= size) {
        return false;
    }
    value[length] = 0;
    return true;
}

static void disconnect(Link *link) {
    if (link->handle) {
        enum MvStatus status = mvCloseChannel(&link->handle);
        if (status) {
            link->handle = 0;
        }
    }
}

static void step(void) {
    enum MvNetworkStatus network;
    switch (device.state) {
        case ST_OFFLINE:
            if (mvGetNetworkStatus(device.handles.network, &network) == MV_STATUS_OKAY
                    && network == MV_NETWORKSTATUS_CONNECTED) {
                go(ST_IDLE);
            }
            break;
        case ST_IDLE:
            if (!elapsed(1000)) {
                break;
            }
            if (connect(&device.link) != MV_STATUS_OKAY) {
                go(ST_FAILED);
            } else if (request(&device.link) != MV_STATUS_OKAY) {
                disconnect(&device.link);
                go(ST_FAILED);
            } else {
                go(ST_ASKED);
            }
            break;
        case ST_ASKED:
            if (seen.readable) {
                char value[257];
                seen.readable = false;
                bool good = take(&device.link, value, sizeof value);
                disconnect(&device.link);
                go(good ? ST_DONE : ST_FAILED);
            } else if (seen.broken || elapsed(15000)) {
                disconnect(&device.link);
                go(ST_FAILED);
            }
            break;
        case ST_FAILED:
            if (elapsed(10000)) {
                go(ST_OFFLINE);
            }
            break;
        case ST_DONE:
            break;
    }
}

int main(void) {
    if (!begin()) {
        return 1;
    }
    go(ST_OFFLINE);
    for (;;) {
        step();
        __WFI();
    }
}
