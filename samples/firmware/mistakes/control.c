/* Waits and retries without an end, and results that are not there. Linked, and not run. */
#include <stdbool.h>

#include "freestanding.h"
#include "mistakes.h"

static uint8_t log_space[1024] __attribute__((aligned(512)));
static bool started;
static MvNetworkHandle network;
static MvChannelHandle channel;

static void say(const char *text);

static void must(bool condition, const char *text) {
    if (!condition) {
        say(text);
    }
}

static void start_log(void) {
    enum MvStatus status = mvServerLoggingInit(log_space, sizeof log_space);
    if (status == MV_STATUS_OKAY) {
        started = true;
    }
    must(status == MV_STATUS_OKAY, "no log");  // expect: init-failure-recursion
}

static void say(const char *text) {
    if (!started) {
        start_log();
    }
    (void)mvServerLog((const uint8_t *)text, (uint16_t)strlen(text));
}

static bool request_network(const struct MvRequestNetworkParams *params) {
    return mvRequestNetwork(params, &network) == MV_STATUS_OKAY;
}

static void wait_for_network(const struct MvRequestNetworkParams *params) {
    enum MvNetworkStatus state = MV_NETWORKSTATUS_CONNECTING;
    request_network(params);  // expect: ignored-wrapper-result
    do {  // expect: unbounded-wait
        (void)mvGetNetworkStatus(network, &state);
    } while (state != MV_NETWORKSTATUS_CONNECTED);
}

static enum MvStatus open_or_die_trying(const struct MvOpenChannelParams *params) {
    if (mvOpenChannel(params, &channel) == MV_STATUS_OKAY) {
        return mvCloseChannel(&channel);
    }
    return open_or_die_trying(params);  // expect: unbounded-retry-recursion
}

static bool open_ten_times(const struct MvOpenChannelParams *params) {
    for (int tries = 0; tries < 10; tries++) {
        if (mvOpenChannel(params, &channel) == MV_STATUS_OKAY) {  // expect: reopen-without-backoff
            return true;
        }
    }
    return false;
}

static uint32_t frequency(void) {
    uint32_t hz;
    enum MvStatus status = mvGetHClk(&hz);  // expect: uninit-out-param
    if (status != MV_STATUS_OKAY) {
        say("no frequency");
    }
    return hz;
}

void mistakes_with_control_flow(
        const struct MvRequestNetworkParams *request, const struct MvOpenChannelParams *params) {
    wait_for_network(request);
    report("open", open_or_die_trying(params));
    say(open_ten_times(params) ? "open" : "closed");
    say(frequency() == 0 ? "stopped" : "running");
}
