#include <stdbool.h>
#include "mv_syscalls.h"

/* Of an array of buffers every row must be aligned. */
#define COUNT 2
static uint8_t rx[COUNT][1536] __attribute__((aligned(512)));
static uint8_t tx[COUNT][500] __attribute__((aligned(512))); // expect: buffer-alignment
static uint8_t good[COUNT][1024] __attribute__((aligned(512)));
struct pair { uint8_t tx[512]; uint8_t rx[1024]; uint32_t id; };
static struct pair pairs[COUNT] __attribute__((aligned(512)));
struct holder { uint8_t slots[3][700]; // expect: buffer-alignment
 uint32_t x; };
static struct holder holder __attribute__((aligned(512)));
extern MvNetworkHandle n; extern MvNotificationHandle c;
static MvChannelHandle ch[COUNT];
static bool open_with(uint8_t *r, uint8_t *s, uint32_t sl, MvChannelHandle *h) {
    struct MvOpenChannelParams params = { .version = 1, .v1 = { .notification_handle = c, .network_handle = n,
            .receive_buffer = r, .receive_buffer_len = 1536, .send_buffer = s, .send_buffer_len = sl,
            .channel_type = MV_CHANNELTYPE_HTTP, .endpoint = {.data = (const uint8_t *)"", .length = 0}, } };
    return mvOpenChannel(&params, h) == MV_STATUS_OKAY;
}
bool open_index(int i) {
    struct MvOpenChannelParams params = { .version = 1, .v1 = { .notification_handle = c, .network_handle = n,
            .receive_buffer = rx[i], .receive_buffer_len = 1536, .send_buffer = tx[i], .send_buffer_len = 512,
            .channel_type = MV_CHANNELTYPE_HTTP, .endpoint = {.data = (const uint8_t *)"", .length = 0}, } };
    return mvOpenChannel(&params, &ch[i]) == MV_STATUS_OKAY;
}
bool open_all(void) {
    for (int i = 0; i < COUNT; i++) {
        if (!open_with(rx[i], good[i], sizeof good[i], &ch[i])) return false;
    }
    return true;
}
bool open_slot(int i, MvChannelHandle *h) {
    return open_with(rx[0], holder.slots[i], 512, h);
}
