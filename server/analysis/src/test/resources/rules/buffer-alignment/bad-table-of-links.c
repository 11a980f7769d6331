#include <stdbool.h>

#include "mv_syscalls.h"

/* Buffers in a table that is filled once: only other members of its rows are ever written. */
struct link {
    MvChannelHandle handle;
    uint32_t tag;
    uint8_t *rx;
    uint32_t rx_size;
    uint8_t *tx;
    uint32_t tx_size;
    volatile bool readable;
};

static uint8_t page_rx[1024] __attribute__((aligned(512)));
static uint8_t page_tx[1024]; // expect: buffer-alignment
static uint8_t time_rx[1024] __attribute__((aligned(512)));
static uint8_t time_tx[512] __attribute__((aligned(32))); // expect: buffer-alignment
static uint8_t news_rx[1024] __attribute__((aligned(512)));
static uint8_t news_tx[512] __attribute__((aligned(64))); // expect: buffer-alignment

static struct link links[2] = {
    {.tag = 1, .rx = page_rx, .rx_size = sizeof page_rx, .tx = page_tx, .tx_size = sizeof page_tx},
    {.tag = 2, .rx = time_rx, .rx_size = sizeof time_rx, .tx = time_tx, .tx_size = sizeof time_tx},
};
static struct link news = {
    .tag = 3, .rx = news_rx, .rx_size = sizeof news_rx, .tx = news_tx, .tx_size = sizeof news_tx};

static enum MvStatus open_link(struct link *link, MvNetworkHandle network, MvNotificationHandle centre) {
    const struct MvOpenChannelParams params = {
        .version = 1,
        .v1 = {
            .notification_handle = centre,
            .notification_tag = link->tag,
            .network_handle = network,
            .receive_buffer = link->rx,
            .receive_buffer_len = link->rx_size,
            .send_buffer = link->tx,
            .send_buffer_len = link->tx_size,
            .channel_type = MV_CHANNELTYPE_HTTP,
        },
    };
    link->readable = false;
    return mvOpenChannel(&params, &link->handle);
}

static void close_link(struct link *link) {
    if (link->handle != 0) {
        (void)mvCloseChannel(&link->handle);
    }
}

bool open_all(MvNetworkHandle network, MvNotificationHandle centre) {
    struct link *page = &links[0];
    bool opened = open_link(page, network, centre) == MV_STATUS_OKAY
                  && open_link(&links[1], network, centre) == MV_STATUS_OKAY
                  && open_link(&news, network, centre) == MV_STATUS_OKAY;
    if (!opened) {
        close_link(&news);
        close_link(&links[1]);
        close_link(page);
    }
    return opened;
}

void close_all(void) {
    close_link(&links[0]);
    close_link(&links[1]);
    close_link(&news);
}
