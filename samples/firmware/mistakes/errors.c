/* Errors that are lost, or taken too seriously. Linked, and not run. */
#include <assert.h>
#include "mistakes.h"

/** Where a failed assert() of newlib's header ends; no C library is linked. */
void __assert_func(const char *file, int line, const char *function, const char *condition) {
    (void)file;
    (void)line;
    (void)function;
    (void)condition;
    for (;;) {
    }
}

static void keep_and_forget(void) {
    uint64_t now = 0;
    enum MvStatus status;
    status = mvGetMicroseconds(&now);  // expect: status-never-read
    status = mvGetWallTime(&now);
    report("time", status);
}

static void only_assert(MvChannelHandle *channel) {
    enum MvStatus status = mvCloseChannel(channel);  // expect: status-only-asserted
    assert(status == MV_STATUS_OKAY);  // expect: transient-error-fatal
}

static void call_in_assert(void) {
    uint32_t hz = 0;
    assert(mvGetHClk(&hz) == MV_STATUS_OKAY);  // expect: syscall-in-assert
}

static void panic(void) {
    for (;;) {
    }
}

static void give_up(MvChannelHandle channel, const struct MvHttpRequest *request) {
    enum MvStatus status = mvSendHttpRequest(channel, request);
    if (status == MV_STATUS_CHANNELCLOSED) {
        panic();  // expect: transient-error-fatal
    }
}

static void stop_when_all_is_well(void) {
    uint32_t hz = 0;
    enum MvStatus status = mvGetSysClk(&hz);  // expect: status-test-inverted
    if (status == MV_STATUS_OKAY) {
        panic();
    }
}

static void shrug(MvChannelHandle channel) {
    struct MvHttpResponseData response = {.result = MV_HTTPRESULT_REQUESTFAILED};
    enum MvStatus status = mvReadHttpResponseData(channel, &response);
    if (status == MV_STATUS_CHANNELCLOSED) {
        report("no channel", status);  // expect: channelclosed-not-recovered
        return;
    }
    report("response", response.result == MV_HTTPRESULT_OK ? status : MV_STATUS_UNAVAILABLE);
}

static void never_give_up(const struct MvRequestNetworkParams *params, MvNetworkHandle *network) {
    enum MvStatus status;
    do {
        status = mvRequestNetwork(params, network);  // expect: unbounded-retry
    } while (status != MV_STATUS_OKAY);
}

static enum MvStatus wait_with_two_clocks(MvNetworkHandle network) {
    enum MvNetworkStatus state = MV_NETWORKSTATUS_CONNECTING;
    uint32_t waited = 0;
    while (waited < 1000u) {  // expect: unbounded-wait
        uint32_t waited = 0;  // expect: shadowed-timeout
        if (mvGetNetworkStatus(network, &state) != MV_STATUS_OKAY) {
            return MV_STATUS_NETWORKNOTCONNECTED;
        }
        waited += 10u;
    }
    return state == MV_NETWORKSTATUS_CONNECTED ? MV_STATUS_OKAY : MV_STATUS_NETWORKNOTCONNECTED;
}

void mistakes_with_errors(
        const struct MvRequestNetworkParams *params, const struct MvHttpRequest *request,
        MvChannelHandle channel) {
    MvNetworkHandle network = 0;
    keep_and_forget();
    stop_when_all_is_well();
    call_in_assert();
    never_give_up(params, &network);
    report("waited", wait_with_two_clocks(network));
    report("released", mvReleaseNetwork(&network));
    give_up(channel, request);
    shrug(channel);
    only_assert(&channel);
}
