#include "mv_syscalls.h"

enum Event { FETCH, FETCHED, FETCH_FAILED };

extern enum Event next_event(void);
extern void post(enum Event event);
extern void restart(void);
extern MvChannelHandle config_channel;

void fetch(const struct MvConfigKeyFetchParams *keys) {
    if (mvSendConfigFetchRequest(config_channel, keys) != MV_STATUS_OKAY) {
        post(FETCH_FAILED);
    }
}

/* The default deals with what has no case of its own. */
void work(const struct MvConfigKeyFetchParams *keys) {
    switch (next_event()) {
    case FETCH:
        fetch(keys);
        break;
    case FETCHED:
        break;
    default:
        restart();
        break;
    }
}
