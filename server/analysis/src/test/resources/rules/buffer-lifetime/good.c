#include "mv_syscalls.h"

void work(MvChannelHandle channel);

static MvNotificationHandle centre;

enum MvStatus closed_again(MvNotificationHandle with, MvNetworkHandle network) {
    uint8_t send[512] __attribute__((aligned(512)));
    uint8_t receive[512] __attribute__((aligned(512)));
    MvChannelHandle channel;
    const struct MvOpenChannelParams params = {
        .version = 1,
        .v1 = {.notification_handle = with,
               .network_handle = network,
               .receive_buffer = receive,
               .receive_buffer_len = sizeof(receive),
               .send_buffer = send,
               .send_buffer_len = sizeof(send),
               .channel_type = MV_CHANNELTYPE_HTTP}};
    enum MvStatus status = mvOpenChannel(&params, &channel);
    if (status != MV_STATUS_OKAY) {
        return status;
    }
    work(channel);
    return mvCloseChannel(&channel);
}

void task(void *argument) {
    struct MvNotification ring[4];
    struct MvNotificationSetup setup = {.irq = 45, .buffer = ring, .buffer_size = sizeof(ring)};
    (void)argument;
    (void)mvSetupNotifications(&setup, &centre);
    while (1) {
        work(0);
    }
}

enum MvStatus kept(void) {
    static uint8_t log_space[1024] __attribute__((aligned(512)));
    return mvServerLoggingInit(log_space, sizeof(log_space));
}
