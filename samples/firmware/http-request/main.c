/*
 * http-request: gets readings over HTTP and takes their mean, then meets everything that can go
 * wrong: a missing page, a far end that cannot be reached, one that never answers, a response that
 * is too large, a channel that cannot be opened at once and one that breaks.
 */
#include "clock.h"
#include "events.h"
#include "http.h"
#include "interrupts.h"
#include "log.h"
#include "network.h"

#define NETWORK_TIMEOUT_MS 60000u

static const char *const URLS[] = {
    "https://api.example/readings.csv",
    "https://api.example/missing.csv",
    "https://unreachable.example/readings.csv",
    "https://api.example/year.csv",
    "https://silent.example/readings.csv",
    "https://slow.example/readings.csv",
};

static void run(void) {
    enum MvStatus status = events_start();
    if (status != MV_STATUS_OKAY) {
        log_line("no notification centre (%d)", (int)status);
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
    log_line("network: connected");
    unsigned done = 0;
    const unsigned count = sizeof URLS / sizeof URLS[0];
    for (unsigned i = 0; i < count; i++) {
        struct average average = {0};
        log_line("GET %s", URLS[i]);
        if (http_get_average(URLS[i], &average) == HTTP_DONE) {
            uint32_t mean = average_of(&average);
            log_line("  mean %u of %u readings", (unsigned)mean, (unsigned)average.count);
            done++;
        }
    }
    log_line("%u of %u requests done", done, count);
    network_release();
}

int main(void) {
    /* Without a log there is nobody to tell, but the work can still be done. */
    (void)log_start();
    log_line("http-request");
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
