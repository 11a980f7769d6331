/*
 * mistakes: one mistake for each rule of the linter, marked on its line with "expect: RULE". They
 * compile without a warning; run, each logs what Microvisor answers to it, except those that would
 * crash or hang: they are linked and not run.
 */
#include "mistakes.h"

#include "clock.h"
#include "events.h"
#include "interrupts.h"
#include "log.h"
#include "network.h"

#define NETWORK_TIMEOUT_MS 60000u

void report(const char *mistake, enum MvStatus status) {
    log_line("%s: status %d", mistake, (int)status);
}

/** Stays 0; set it in a debugger to make the mistakes that crash or hang, too. */
static volatile uint32_t reckless;

/** No channel: a debugger may set it to one that is open. */
static volatile MvChannelHandle some_channel;

static void run_reckless(void) {
    const struct MvRequestNetworkParams request = {
        .version = 1,
        .v1 = {.notification_handle = events_centre(), .notification_tag = TAG_NETWORK},
    };
    static uint8_t receive[1024] __attribute__((aligned(512)));
    static uint8_t send[512] __attribute__((aligned(512)));
    const struct MvOpenChannelParams params = {
        .version = 1,
        .v1 = {
            .notification_handle = events_centre(),
            .network_handle = network_handle(),
            .receive_buffer = receive,
            .receive_buffer_len = sizeof receive,
            .send_buffer = send,
            .send_buffer_len = sizeof send,
            .channel_type = MV_CHANNELTYPE_HTTP,
            .endpoint = {.data = (const uint8_t *)"", .length = 0},
        },
    };
    static const struct MvHttpRequest http = {
        .method = {.data = (const uint8_t *)"GET", .length = 3},
        .url = {.data = (const uint8_t *)"https://example.com/", .length = 20},
        .timeout_ms = 10000,
    };
    static MvChannelHandle handle;
    handle = some_channel;
    mistakes_with_arguments(some_channel);
    mistakes_with_responses(some_channel, some_channel);  // expect: invalid-handle-use
    mistakes_with_errors(&request, &http, some_channel);
    mistakes_with_answers(some_channel, some_channel, &http);  // expect: invalid-handle-use
    mistakes_with_posts(some_channel, &http);  // expect: invalid-handle-use
    mistakes_with_channels();
    mistakes_with_limits(&params);
    mistakes_with_control_flow(&request, &params);
    mistakes_in_handlers();
    mistakes_with_tasks(&handle);
    mistakes_with_interrupts();
}

static void run(void) {
    mistakes_with_statuses();
    mistakes_with_notifications();
    enum MvStatus status = events_start();
    if (status != MV_STATUS_OKAY) {
        report("no notification centre", status);
        return;
    }
    const struct network_listener listener = {
        .centre = events_centre(),
        .tag = TAG_NETWORK,
        .changed = &network_changed,
    };
    if (!network_connect(&listener, NETWORK_TIMEOUT_MS)) {
        return;
    }
    mistakes_with_params();
    mistakes_with_buffers();
    mistakes_with_deprecated_names();
    if (reckless != 0) {
        run_reckless();
    }
    network_release();
    log_line("all mistakes made");
}

int main(void) {
    static const char LOST[] = "there is no log yet";
    (void)mvServerLog((const uint8_t *)LOST, sizeof LOST - 1);  // expect: log-before-init
    (void)log_start();
    if (clock_start()) {
        run();
    } else {
        log_line("no clock");
    }
    clock_stop();
    for (;;) {
        wait_for_interrupt();
    }
}
