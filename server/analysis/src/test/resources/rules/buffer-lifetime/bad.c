#include "mv_syscalls.h"

static uint8_t receive[512] __attribute__((aligned(512)));
static MvChannelHandle channel;

int open_http(MvNotificationHandle centre, MvNetworkHandle network) {
    uint8_t send[512] __attribute__((aligned(512))); // expect: buffer-lifetime
    const struct MvOpenChannelParams params = {
        .version = 1,
        .v1 = {.notification_handle = centre,
               .network_handle = network,
               .receive_buffer = receive,
               .receive_buffer_len = sizeof(receive),
               .send_buffer = send,
               .send_buffer_len = sizeof(send),
               .channel_type = MV_CHANNELTYPE_HTTP}};
    return mvOpenChannel(&params, &channel) == MV_STATUS_OKAY;
}

enum MvStatus start_log(void) {
    uint8_t log_space[1024] __attribute__((aligned(512))); // expect: buffer-lifetime
    return mvServerLoggingInit(log_space, sizeof(log_space));
}

enum MvStatus set_up(MvNotificationHandle *centre) {
    struct MvNotification ring[4]; // expect: buffer-lifetime
    struct MvNotificationSetup setup = {.irq = 45, .buffer = ring, .buffer_size = sizeof(ring)};
    return mvSetupNotifications(&setup, centre);
}
