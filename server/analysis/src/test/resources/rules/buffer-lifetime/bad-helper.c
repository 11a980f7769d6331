#include "mv_syscalls.h"

#include <stdbool.h>

extern MvNotificationHandle centre_of_app(void);
extern MvNetworkHandle network_of_app(void);

static bool ask(MvChannelHandle channel) {
    static const char NAME[] = "interval";
    const struct MvConfigKeyToFetch key = {
        .scope = MV_CONFIGKEYFETCHSCOPE_DEVICE,
        .store = MV_CONFIGKEYFETCHSTORE_CONFIG,
        .key = {(const uint8_t *)NAME, sizeof(NAME) - 1}};
    const struct MvConfigKeyFetchParams request = {1, &key};
    return mvSendConfigFetchRequest(channel, &request) == MV_STATUS_OKAY;
}

// The helper says nothing of the state before its request: it is open, as this function knows.
bool fetch_interval(void) {
    MvChannelHandle channel = 0;
    uint8_t receive[1024] __attribute__((aligned(512))); // expect: buffer-lifetime
    static uint8_t send[512] __attribute__((aligned(512)));
    const struct MvOpenChannelParams params = {
        .version = 1,
        .v1 = {.notification_handle = centre_of_app(),
               .network_handle = network_of_app(),
               .receive_buffer = receive,
               .receive_buffer_len = sizeof(receive),
               .send_buffer = send,
               .send_buffer_len = sizeof(send),
               .channel_type = MV_CHANNELTYPE_CONFIGFETCH}};
    if (mvOpenChannel(&params, &channel) != MV_STATUS_OKAY) {
        return false;
    }
    if (!ask(channel)) {
        return false;
    }
    if (mvCloseChannel(&channel) != MV_STATUS_OKAY) {
        return false;
    }
    return true;
}
