#include <stdbool.h>
#include <stdio.h>
#include "mv_syscalls.h"

static MvChannelHandle channel;
static MvNetworkHandle network;
static MvNotificationHandle centre;
static volatile struct MvNotification records[8];

static inline void NVIC_EnableIRQ(int irq) {
    ((volatile uint32_t *)0xE000E100u)[irq >> 5] = 1u << (irq & 31);
}

static void fatal(const char *what) {
    printf("%s\n", what);
    for (;;) {
    }
}

bool open_channel(const struct MvOpenChannelParams *params, const struct MvHttpRequest *request) {
    enum MvStatus status = mvOpenChannel(params, &channel); // expect: status-test-inverted
    if (status == MV_STATUS_OKAY) {
        printf("channel: %d\n", (int)status);
        return false;
    }
    if (mvSendHttpRequest(channel, request) != MV_STATUS_OKAY) {
        return false;
    }
    return true;
}

int ask(const struct MvHttpRequest *request, const struct MvOpenChannelParams *params) {
    if (mvOpenChannel(params, &channel) != MV_STATUS_OKAY) {
        return -1;
    }
    if (mvSendHttpRequest(channel, request) == MV_STATUS_OKAY) { // expect: status-test-inverted
        return -2;
    }
    return 0;
}

bool make_centre(struct MvNotificationSetup *setup) {
    enum MvStatus status = mvSetupNotifications(setup, &centre); // expect: status-test-inverted
    if (!status) {
        return false;
    }
    NVIC_EnableIRQ(45);
    return true;
}

static void close_channel(void) {
    enum MvStatus status = mvCloseChannel(&channel); // expect: status-test-inverted
    if (status == MV_STATUS_OKAY) {
        printf("not closed: %d\n", (int)status);
    }
}

static bool ask_for_network(void) {
    const struct MvRequestNetworkParams params = {.version = 1, .v1 = {.notification_handle = centre}};
    return mvRequestNetwork(&params, &network) == MV_STATUS_OKAY;
}

int main(void) {
    struct MvNotificationSetup setup = {
        .irq = 45, .buffer = (struct MvNotification *)records, .buffer_size = sizeof(records)};
    if (mvSetupNotifications(&setup, &centre) == MV_STATUS_OKAY) { // expect: status-test-inverted
        fatal("centre");
    }
    if (ask_for_network()) { // expect: status-test-inverted
        fatal("network");
    }
    if (mvOpenChannel(&(struct MvOpenChannelParams){.version = 1}, &channel) != MV_STATUS_OKAY) {
        fatal("channel");
    }
    close_channel();
    for (;;) {
    }
}

void TIM2_IRQHandler(void) {
}
