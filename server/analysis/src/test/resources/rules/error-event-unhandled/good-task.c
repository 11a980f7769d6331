#include "mv_syscalls.h"

/* One task posts to a queue and takes from it. */
enum event { EV_DATA, EV_CLOSED, EV_FAIL };

int queue_put(void *queue, const void *message);
int queue_get(void *queue, void *message);
void work(void);

static void *queue;

void task(struct MvOpenChannelParams *params, MvChannelHandle *channel) {
    if (mvOpenChannel(params, channel) != MV_STATUS_OKAY) {
        enum event failed = EV_FAIL;
        queue_put(queue, &failed);
    }
    enum event event;
    for (;;) {
        if (queue_get(queue, &event) != 0) {
            continue;
        }
        switch (event) {
            case EV_DATA:
                work();
                break;
            case EV_CLOSED:
                (void)mvCloseChannel(channel);
                break;
            case EV_FAIL:
                (void)mvCloseChannel(channel);
                break;
            default:
                break;
        }
    }
}
