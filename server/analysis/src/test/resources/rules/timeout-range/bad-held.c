#include "mv_syscalls.h"
#include <string.h>

struct client {
    MvChannelHandle channel;
    uint32_t timeout_ms;
    uint32_t retry_ms;
};

static struct client first, second;
static const struct client preset = {.timeout_ms = 60000, .retry_ms = 500}; // expect: timeout-range
static uint32_t waited;

static void limit(struct client *c, uint32_t ms) {
    c->timeout_ms = ms;
}

void begin(struct client *c) {
    memset(c, 0, sizeof(*c));
    c->timeout_ms = 15000; // expect: timeout-range
    c->retry_ms = 15000;
}

void configure(void) {
    begin(&first);
    second = preset;
    limit(&second, 8000);
    limit(&first, 4000); // expect: timeout-range
    waited = 20000;      // expect: timeout-range
}

enum MvStatus ask(struct client *c, struct MvHttpRequest *request) {
    request->timeout_ms = c->timeout_ms;
    return mvSendHttpRequest(c->channel, request);
}

enum MvStatus ask_again(struct client *c, struct MvHttpRequest *request) {
    request->timeout_ms = waited;
    return mvSendHttpRequest(c->channel, request);
}
