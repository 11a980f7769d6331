#include <stdbool.h>
#include "mv_syscalls.h"

// Two enumerations without names are two.
typedef enum { EVENT_FETCH, EVENT_SEND, EVENT_STOP } event_t;
typedef enum { LIGHT_OFF, LIGHT_GREEN, LIGHT_RED = 7 } light_t;

extern bool next(event_t *event);
extern void put(event_t event);
extern void show(light_t light);

bool fetch(MvChannelHandle channel, const struct MvConfigKeyFetchParams *keys) {
    if (mvSendConfigFetchRequest(channel, keys) != MV_STATUS_OKAY) {
        show(LIGHT_RED);
        put(EVENT_STOP);
        return false;
    }
    return true;
}

void run(void) {
    event_t event = EVENT_FETCH;
    while (next(&event)) {
        switch (event) {
            case EVENT_FETCH:
                show(LIGHT_GREEN);
                break;
            case EVENT_SEND:
            case EVENT_STOP:
                show(LIGHT_OFF);
                break;
        }
    }
}
