#include "stm32u5xx_hal.h"
#include "wrap.h"

#define RECORDS 16u

static volatile struct MvNotification ring[RECORDS];
static MvNotificationHandle centre;
static MvNetworkHandle network;
static volatile uint32_t failures;
static volatile bool arrived, gone;

static void count(const char *what, enum MvStatus status) {
    (void)what;
    (void)status;
    failures++;
}

void TIM8_UP_IRQHandler(void) {
    static unsigned at;
    while (ring[at].event_type) {
        const enum MvEventType type = ring[at].event_type;
        ring[at].event_type = MV_EVENTTYPE_NOEVENT;
        at = (at + 1u) & (RECORDS - 1u);
        arrived = arrived || type == MV_EVENTTYPE_CHANNELDATAREADABLE;
        gone = gone || type == MV_EVENTTYPE_CHANNELNOTCONNECTED;
    }
}

static bool await(const volatile bool *flag, uint32_t ms) {
    for (uint32_t i = 0; i < ms; i++) {
        if (*flag || gone) {
            return *flag;
        }
        HAL_Delay(1);
    }
    return false;
}

static bool poll(const char *url) {
    MvChannelHandle channel;
    if (!wrap_open(MV_CHANNELTYPE_HTTP, network, centre, 5, &channel)) {
        return false;
    }
    arrived = gone = false;
    struct MvHttpResponseData data;
    bool good = wrap_get(channel, url) && await(&arrived, 12000) && wrap_result(channel, &data)
            && data.status_code == 204;
    return wrap_close(&channel) && good;
}

int main(void) {
    wrap_errors_to(count);
    if (!wrap_centre(TIM8_UP_IRQn, (struct MvNotification *)ring, sizeof ring, &centre)) {
        return 1;
    }
    NVIC_EnableIRQ(TIM8_UP_IRQn);
    if (!wrap_network(centre, 4, &network)) {
        return 2;
    }
    for (;;) {
        if (wrap_online(network) && !poll("https://watchdog.example/alive")) {
            HAL_GPIO_TogglePin(GPIOA, GPIO_PIN_5);
        }
        HAL_Delay(20000);
    }
}
