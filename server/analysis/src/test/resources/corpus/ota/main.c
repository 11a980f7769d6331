/* Updates on the device's own terms, and little power in between. */
#include "mv_syscalls.h"
#include "stm32u5xx_hal.h"

#include <assert.h>
#include <stdbool.h>
#include <string.h>

#define DEVICE_ID 34

static volatile struct MvNotification system_ring[4] __attribute__((aligned(8)));
static volatile bool update_waits;
static MvNotificationHandle system_centre;
static MvSystemEventHandle update_events;
static uint8_t logs[5120] __attribute__((aligned(512)));

static void server_log(const char *text) {
    size_t length = strlen(text);
    if (length <= 1024) {
        (void)mvServerLog((const uint8_t *)text, (uint16_t)length);
    }
}

static void die_unless(bool good, const char *message) {
    if (good) return;
    server_log(message);
    while (1) {
        __WFI();
    }
}

void TIM1_BRK_IRQHandler(void) {
    static uint32_t index = 0;
    while (system_ring[index].event_type == MV_EVENTTYPE_UPDATEDOWNLOADED) {
        update_waits = true;
        system_ring[index].event_type = MV_EVENTTYPE_NOEVENT;
        index = (index + 1) % 4;
    }
}

static void watch_updates(void) {
    memset((void *)system_ring, 0, sizeof system_ring);
    const struct MvNotificationSetup setup = {
        .irq = TIM1_BRK_IRQn, .buffer = (struct MvNotification *)system_ring, .buffer_size = sizeof system_ring};
    enum MvStatus status = mvSetupNotifications(&setup, &system_centre);
    die_unless(status == MV_STATUS_OKAY, "no centre");
    const struct MvOpenSystemNotificationParams params = {
        .notification_handle = system_centre,
        .notification_tag = 99,
        .notification_source = MV_SYSTEMNOTIFICATIONSOURCE_UPDATE};
    status = mvOpenSystemNotification(&params, &update_events);
    die_unless(status == MV_STATUS_OKAY, "no update events");
    NVIC_ClearPendingIRQ(TIM1_BRK_IRQn);
    NVIC_EnableIRQ(TIM1_BRK_IRQn);
}

static void tell_who(void) {
    uint8_t id[DEVICE_ID + 1] = {0};
    enum MvStatus status = mvGetDeviceId(id, DEVICE_ID);
    server_log(status == MV_STATUS_OKAY ? (const char *)id : "nobody");
    enum MvWakeReason reason;
    if (mvGetWakeReason(&reason) == MV_STATUS_OKAY) {
        server_log(reason == MV_WAKEREASON_APPLICATIONCRASH ? "crashed" : "awake");
    }
}

static void update(void) {
    enum MvStatus status = mvRestart(MV_RESTARTMODE_AUTOAPPLYUPDATE);
    if (status == MV_STATUS_MICROVISORBUSY) {
        server_log("busy, later");
    } else if (status != MV_STATUS_OKAY) {
        server_log("cannot restart");
        update_waits = false;
    }
}

static void rest(void) {
    switch (mvPowerSave(MV_POWERSAVINGMODE_STOP1)) {
        case MV_STATUS_OKAY:
            break;
        case MV_STATUS_MICROVISORBUSY:
            HAL_Delay(100);
            break;
        default:
            __WFI();
            break;
    }
}

int main(void) {
    uint64_t now_us = 0;
    HAL_Init();
    enum MvStatus status = mvServerLoggingInit(logs, sizeof(logs));
    assert(status == MV_STATUS_OKAY && "logging");
    if (status == MV_STATUS_OKAY) {
        tell_who();
    }
    watch_updates();
    for (int round = 0;; round++) {
        if (update_waits) {
            update();
            HAL_Delay(60000);
        }
        if (mvGetMicroseconds(&now_us) == MV_STATUS_OKAY && now_us > 3600ull * 1000000ull) {
            if (mvDeepSleep(MV_DEEPSLEEPMODE_STANDBY) != MV_STATUS_OKAY) {
                server_log("no sleep");
            }
        }
        mvSystemLedEnable(round & 1);
        rest();
    }
}
