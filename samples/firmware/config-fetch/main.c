/*
 * config-fetch: reads a secret and a config from the cloud, and blinks at the pace that the config
 * asks for. A model of how to write for Microvisor: every status is looked at, every wait ends,
 * every buffer that Microvisor borrows is static, and the secret stays out of the log.
 */
#include "clock.h"
#include "config.h"
#include "events.h"
#include "interrupts.h"
#include "log.h"
#include "network.h"

#define DEVICE_ID_BYTES 34
#define NETWORK_TIMEOUT_MS 60000u
#define BLINKS 3
#define INTERVAL_MIN_MS 50u
#define INTERVAL_MAX_MS 5000u
#define INTERVAL_DEFAULT_MS 1000u

enum item { INTERVAL, API_KEY, ITEMS };

static struct config_item items[ITEMS] = {
    [INTERVAL] = {
        .key = "blink-interval-ms",
        .scope = MV_CONFIGKEYFETCHSCOPE_DEVICE,
        .store = MV_CONFIGKEYFETCHSTORE_CONFIG,
    },
    [API_KEY] = {
        .key = "api-key",
        .scope = MV_CONFIGKEYFETCHSCOPE_ACCOUNT,
        .store = MV_CONFIGKEYFETCHSTORE_SECRET,
    },
};

static void log_device(void) {
    /* The identifier comes without a terminator. */
    char id[DEVICE_ID_BYTES + 1] = {0};
    enum MvStatus status = mvGetDeviceId((uint8_t *)id, DEVICE_ID_BYTES);
    if (status == MV_STATUS_OKAY) {
        log_line("config-fetch on %s", id);
    } else {
        log_line("config-fetch on an unknown device (%d)", (int)status);
    }
}

/** The number that the text holds, or the default when it is none or out of bounds. */
static uint32_t interval_of(const struct config_item *item) {
    uint32_t interval_ms = 0;
    bool valid = item->found && item->length > 0;
    for (uint32_t i = 0; valid && i < item->length; i++) {
        char digit = item->value[i];
        valid = digit >= '0' && digit <= '9';
        interval_ms = interval_ms * 10u + (uint32_t)(digit - '0');
        /* Also keeps the next multiplication from overflowing. */
        valid = valid && interval_ms <= INTERVAL_MAX_MS;
    }
    if (!valid || interval_ms < INTERVAL_MIN_MS) {
        log_line("config: no usable %s, taking %u", item->key, INTERVAL_DEFAULT_MS);
        return INTERVAL_DEFAULT_MS;
    }
    log_line("config: %s is %u", item->key, (unsigned)interval_ms);
    return interval_ms;
}

static void blink(uint32_t interval_ms) {
    for (int i = 0; i < BLINKS; i++) {
        /* A light that stays dark is no reason to stop. */
        (void)mvSystemLedEnable(1);
        clock_pause(interval_ms);
        (void)mvSystemLedEnable(0);
        clock_pause(interval_ms);
    }
    log_line("blinked %d times", BLINKS);
}

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
    if (config_read(items, ITEMS)) {
        if (items[API_KEY].found) {
            /* Its length, never its value. */
            log_line("secret: api-key has %u bytes", (unsigned)items[API_KEY].length);
        }
        blink(interval_of(&items[INTERVAL]));
    }
    log_line("done");
    network_release();
}

int main(void) {
    /* Without a log there is nobody to tell, but the work can still be done. */
    (void)log_start();
    log_device();
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
