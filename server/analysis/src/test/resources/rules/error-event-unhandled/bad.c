#include <stdbool.h>
#include <stdio.h>
#include "mv_syscalls.h"

enum Event { FETCH, FETCHED, FETCH_FAILED, SEND_FAILED, STOPPED };

struct Message {
    enum Event event;
    uint32_t tag;
};

extern void *queue;
extern int osMessageQueuePut(void *queue, const void *message, uint8_t priority, uint32_t timeout);
extern int osMessageQueueGet(void *queue, void *message, uint8_t *priority, uint32_t timeout);
extern MvChannelHandle config_channel;
extern MvChannelHandle http_channel;

static void post(enum Event event) {
    struct Message message = {.event = event};
    osMessageQueuePut(queue, &message, 0, 0);
}

void fetch(const struct MvConfigKeyFetchParams *keys) {
    enum MvStatus status = mvSendConfigFetchRequest(config_channel, keys);
    if (status != MV_STATUS_OKAY) {
        printf("fetch: %d\n", (int)status);
        post(FETCH_FAILED); // expect: error-event-unhandled
        return;
    }
    post(FETCHED);
}

void send(const struct MvHttpRequest *request) {
    if (mvSendHttpRequest(http_channel, request) != MV_STATUS_OKAY) {
        struct Message message;
        message.event = SEND_FAILED; // expect: error-event-unhandled
        message.tag = 1;
        osMessageQueuePut(queue, &message, 0, 0);
    }
}

void work(const struct MvConfigKeyFetchParams *keys) {
    bool running = true;
    while (running) {
        struct Message message;
        osMessageQueueGet(queue, &message, NULL, 100);
        switch (message.event) {
        case FETCH:
            fetch(keys);
            break;
        case FETCHED:
            printf("there it is\n");
            break;
        case STOPPED:
            running = false;
            break;
        default:
            break;
        }
    }
}
