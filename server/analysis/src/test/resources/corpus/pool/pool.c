/* Three channels at a time, each with a tag of its own. */
#include "pool.h"

#include <string.h>

#include "stm32u5xx_hal.h"

static MvNotificationHandle centre;
static MvNetworkHandle network;
static const struct MvSizedString nothing = {.data = (const uint8_t *)"", .length = 0};

static void mark(const volatile record_t *record) {
    for (int i = 0; i < SLOTS; i++) {
        if (slots[i].tag != record->tag) {
            continue;
        }
        if (record->event_type == MV_EVENTTYPE_CHANNELDATAREADABLE) {
            slots[i].done = true;
        } else if (record->event_type == MV_EVENTTYPE_CHANNELNOTCONNECTED) {
            slots[i].broken = true;
        }
    }
}

void TIM2_IRQHandler(void) {
    static uint32_t tail;
    volatile record_t *record;
    while ((record = &ring[tail])->event_type != MV_EVENTTYPE_NOEVENT) {
        mark(record);
        record->event_type = MV_EVENTTYPE_NOEVENT;
        tail = (tail + 1u) & (RING_SIZE - 1u);
    }
}

bool pool_start(void) {
    for (uint32_t i = 0; i < SLOTS; i++) {
        slots[i].tag = 100u + i;
    }
    const struct MvNotificationSetup setup = {
        .irq = (uint32_t)TIM2_IRQn, .buffer = (record_t *)ring, .buffer_size = sizeof(ring)};
    if (mvSetupNotifications(&setup, &centre) != MV_STATUS_OKAY) {
        return false;
    }
    NVIC_EnableIRQ(TIM2_IRQn);
    const struct MvRequestNetworkParams params = {
        .version = 1, .v1 = {.notification_handle = centre, .notification_tag = 1}};
    return mvRequestNetwork(&params, &network) == MV_STATUS_OKAY;
}

slot_t *pool_take(void) {
    for (uint32_t i = 0; i < SLOTS; i++) {
        slot_t *slot = &slots[i];
        if (slot->busy) {
            continue;
        }
        const struct MvOpenChannelParams params = {
            .version = 1,
            .v1 = {
                .notification_handle = centre,
                .notification_tag = slot->tag,
                .network_handle = network,
                .receive_buffer = receive_blocks[i],
                .receive_buffer_len = sizeof(receive_blocks[i]),
                .send_buffer = send_blocks[i],
                .send_buffer_len = sizeof(block_t),
                .channel_type = MV_CHANNELTYPE_HTTP,
                .endpoint = nothing,
            },
        };
        if (mvOpenChannel(&params, &slot->channel) != MV_STATUS_OKAY) {
            return NULL;
        }
        slot->busy = true;
        slot->since = HAL_GetTick();
        return slot;
    }
    return NULL;
}

bool pool_ask(slot_t *slot, const char *url) {
    const struct MvHttpRequest request = {
        .method = {.data = (const uint8_t *)"GET", .length = 3},
        .url = {.data = (const uint8_t *)url, .length = strlen(url)},
        .num_headers = 0,
        .headers = NULL,
        .body = nothing,
        .timeout_ms = 10 * 1000,
    };
    slot->done = slot->broken = false;
    return mvSendHttpRequest(slot->channel, &request) == MV_STATUS_OKAY;
}

bool pool_read(slot_t *slot, uint32_t *code) {
    struct MvHttpResponseData data;
    enum MvStatus status = mvReadHttpResponseData(slot->channel, &data);
    if (status != MV_STATUS_OKAY) {
        return false;
    }
    *code = data.result == MV_HTTPRESULT_OK ? data.status_code : 0;
    return true;
}

void pool_give(slot_t *slot) {
    enum MvStatus status = mvCloseChannel(&slot->channel);
    if (status != MV_STATUS_OKAY) {
        slot->channel = 0;
    }
    slot->busy = false;
}
