#include "relay.h"

MvNetworkHandle relay_network;

static void relay_task(void *argument) {
    UNUSED(argument);
    unsigned output = 0;
    bool on = false;
    while (!settings_load()) {
        vTaskDelay(pdMS_TO_TICKS(30000));
    }
    for (;;) {
        if (!request_run(output, on)) {
            relay_trace(__FILE__, __LINE__, "request_run", output);
        }
        output = (output + 1) % 4;
        on = output == 0 ? !on : on;
        vTaskDelay(pdMS_TO_TICKS(60000));
    }
}

static void watch_task(void *argument) {
    UNUSED(argument);
    enum MvNetworkStatus before = MV_NETWORKSTATUS_CONNECTED;
    for (;;) {
        enum MvNetworkStatus now;
        if (OK(TRY(mvGetNetworkStatus(relay_network, &now))) && now != before) {
            relay_trace(__FILE__, __LINE__, "network", now);
            before = now;
        }
        vTaskDelay(pdMS_TO_TICKS(1000));
    }
}

static bool network_start(void) {
    const struct MvRequestNetworkParams params = {
        .version = 1,
        .v1 = {.notification_handle = relay_centre, .notification_tag = TAG_network},
    };
    CHECK(mvRequestNetwork(&params, &relay_network));
    return true;
fail:
    return false;
}

int main(void) {
    UNUSED(HAL_Init());
    if (!trace_start() || !centre_start() || !network_start()) {
        relay_trace(__FILE__, __LINE__, "start", 0);
        return 1;
    }
    UNUSED(xTaskCreate(relay_task, "relay", 384, NULL, 2, NULL));
    UNUSED(xTaskCreate(watch_task, "watch", 512, NULL, 1, NULL));
    vTaskStartScheduler();
    for (;;) {
    }
}
