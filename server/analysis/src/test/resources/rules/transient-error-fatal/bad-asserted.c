#include <assert.h>
#include <stdbool.h>
#include "mv_syscalls.h"

void server_error(const char *format, ...);

static void do_assert(bool condition, const char *message) {
    if (!condition) {
        server_error("%s", message);
        assert(false);
    }
}

static void must_be_okay(enum MvStatus status) {
    if (status != MV_STATUS_OKAY) {
        while (1) {
        }
    }
}

void open_it(const struct MvOpenChannelParams *params, MvChannelHandle *channel) {
    enum MvStatus status = mvOpenChannel(params, channel);
    do_assert(status == MV_STATUS_OKAY, "no channel"); // expect: transient-error-fatal
}

void send(MvChannelHandle channel, const struct MvHttpRequest *request) {
    enum MvStatus status = mvSendHttpRequest(channel, request);
    assert(status == MV_STATUS_OKAY); // expect: transient-error-fatal
}

void publish(MvChannelHandle channel, const struct MvMqttPublishRequest *request) {
    must_be_okay(mvMqttRequestPublish(channel, request)); // expect: transient-error-fatal
}

void sleep_now(void) {
    enum MvStatus status = mvPowerSave(MV_POWERSAVINGMODE_STOP2);
    do_assert(status != MV_STATUS_MICROVISORBUSY, "busy"); // expect: transient-error-fatal
}
