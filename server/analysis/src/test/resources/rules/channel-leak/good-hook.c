/* Nobody here declares the hook: whoever calls it knows it by its name. */
#include "mv_syscalls.h"

void link_open(void);
void link_close(void);

static uint8_t receive_buffer[1024] __attribute__((aligned(512)));
static uint8_t send_buffer[512] __attribute__((aligned(512)));
extern MvNetworkHandle network;
extern MvNotificationHandle centre;
static MvChannelHandle channel;

void link_open(void) {
    const struct MvOpenChannelParams params = {
        .version = 1,
        .v1 = {
            .notification_handle = centre,
            .network_handle = network,
            .receive_buffer = receive_buffer,
            .receive_buffer_len = sizeof receive_buffer,
            .send_buffer = send_buffer,
            .send_buffer_len = sizeof send_buffer,
            .channel_type = MV_CHANNELTYPE_HTTP,
            .endpoint = {.data = (const uint8_t *)"", .length = 0},
        },
    };
    if (mvOpenChannel(&params, &channel) != MV_STATUS_OKAY) {
        channel = 0;
    }
}

void link_close(void) {
    if (channel != 0 && mvCloseChannel(&channel) != MV_STATUS_OKAY) {
        channel = 0;
    }
}

void vApplicationIdleHook(void) {
    link_close();
}

int main(void) {
    for (;;) {
        link_open();
        __asm volatile("wfi");
    }
}
