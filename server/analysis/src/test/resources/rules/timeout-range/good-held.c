#include "mv_syscalls.h"

struct client {
    MvChannelHandle channel;
    uint32_t timeout_ms;
    uint32_t patience_ms;
    uint32_t poll_ms;
};

static struct client first = {.timeout_ms = 0, .patience_ms = 30000};

void configure(struct client *c, uint32_t ms) {
    c->timeout_ms = ms > 10000 ? 10000 : ms;
    c->patience_ms = 30000;
    c->poll_ms = 20;
}

// The limits are kept where the request is made.
enum MvStatus ask(struct client *c, struct MvHttpRequest *request) {
    configure(&first, 7000);
    uint32_t ms = c->patience_ms;
    if (ms > 10000) ms = 10000;
    request->timeout_ms = c->timeout_ms != 0 ? c->timeout_ms : ms;
    return mvSendHttpRequest(c->channel, request);
}

enum MvStatus slow(struct client *c, struct MvHttpRequest *request) {
    request->timeout_ms = c->poll_ms + 6000;
    return mvSendHttpRequest(c->channel, request);
}
