#include <stdbool.h>
#include <stdio.h>
#include "mv_syscalls.h"

enum Event { FETCH, FETCHED, FETCH_FAILED, SEND_FAILED, STOPPED };
enum Colour { RED, GREEN };
enum Code { NO_CONFIG, NO_REQUEST };

extern void *queue;
extern int osMessageQueuePut(void *queue, const void *message, uint8_t priority, uint32_t timeout);
extern int osMessageQueueGet(void *queue, void *message, uint8_t *priority, uint32_t timeout);
extern MvChannelHandle config_channel;
extern MvChannelHandle http_channel;
extern void light(enum Colour colour);
extern void report_and_stop(enum Code code);
extern void restart(void);

static void post(enum Event event) {
    osMessageQueuePut(queue, &event, 0, 0);
}

/* Handled by a case; the colour and the code are no events. */
void fetch(const struct MvConfigKeyFetchParams *keys) {
    enum MvStatus status = mvSendConfigFetchRequest(config_channel, keys);
    if (status != MV_STATUS_OKAY) {
        light(RED);
        report_and_stop(NO_CONFIG);
        post(FETCH_FAILED);
        return;
    }
    post(FETCHED);
}

/* Handled by a comparison. */
void send(const struct MvHttpRequest *request) {
    if (mvSendHttpRequest(http_channel, request) != MV_STATUS_OKAY) {
        post(SEND_FAILED);
    }
}

void work(const struct MvConfigKeyFetchParams *keys) {
    bool running = true;
    while (running) {
        enum Event event = STOPPED;
        osMessageQueueGet(queue, &event, NULL, 100);
        if (event == SEND_FAILED) {
            restart();
            continue;
        }
        switch (event) {
        case FETCH:
            fetch(keys);
            break;
        case FETCHED:
            printf("there it is\n");
            break;
        case FETCH_FAILED:
            restart();
            break;
        case STOPPED:
            running = false;
            break;
        default:
            break;
        }
    }
}
