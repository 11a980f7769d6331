/* Arguments that the calls refuse, or take for something else. Linked, and not run. */
#include <string.h>

#include "events.h"
#include "interrupts.h"
#include "log.h"
#include "mistakes.h"
#include "network.h"

static uint8_t small_receive[512] __attribute__((aligned(512)));
static uint8_t receive[1024] __attribute__((aligned(512)));
static uint8_t static_send[512] __attribute__((aligned(512)));
static uint8_t bytes_ring[64];  // expect: notification-buffer-alignment

static void open_small(MvChannelHandle *channel) {
    const struct MvOpenChannelParams params = {
        .version = 1,
        .v1 = {
            .notification_handle = events_centre(),
            .network_handle = network_handle(),
            .receive_buffer = small_receive,
            .receive_buffer_len = sizeof small_receive,  // expect: receive-buffer-too-small
            .send_buffer = static_send,
            .send_buffer_len = sizeof static_send,
            .channel_type = MV_CHANNELTYPE_HTTP,
        },
    };
    if (mvOpenChannel(&params, channel) == MV_STATUS_OKAY) {
        report("small", mvCloseChannel(channel));
    }
}

static MvChannelHandle stacked;

static void open_on_stack(void) {
    uint8_t send[512] __attribute__((aligned(512)));  // expect: buffer-lifetime
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
        },
    };
    report("stack", mvOpenChannel(&params, &stacked));
}

static void close_stacked(void) {
    report("stack", mvCloseChannel(&stacked));
}

static MvNotificationHandle bytes_centre;

static void ring_of_bytes(void) {
    const struct MvNotificationSetup setup = {
        .irq = EXTI2_IRQn,
        .buffer = (struct MvNotification *)bytes_ring,
        .buffer_size = sizeof bytes_ring,
    };
    report("bytes", mvSetupNotifications(&setup, &bytes_centre));
    nvic_enable(EXTI2_IRQn);
}

void EXTI2_IRQHandler(void);

void EXTI2_IRQHandler(void) {
}

static void device_id(void) {
    uint8_t id[35] = {0};
    report("id", mvGetDeviceId(id, sizeof id));  // expect: device-id-size
}

static void request_nothing(MvChannelHandle channel) {
    const struct MvHttpRequest request = {
        .method = {.data = (const uint8_t *)"GET", .length = 3},
        .timeout_ms = 10000,
    };
    report("url", mvSendHttpRequest(channel, &request));  // expect: empty-request-url
}

static void request_with_headers(MvChannelHandle channel) {
    const struct MvHttpHeader headers[] = {{.data = (const uint8_t *)"A: b", .length = 4}};
    const struct MvHttpRequest request = {
        .method = {.data = (const uint8_t *)"GET", .length = 3},
        .url = {.data = (const uint8_t *)"https://example.com/", .length = 20},
        .num_headers = 2,  // expect: headers-count-mismatch
        .headers = headers,
        .timeout_ms = 10000,
    };
    report("headers", mvSendHttpRequest(channel, &request));
}

static void request_for_long(MvChannelHandle channel) {
    const struct MvHttpRequest request = {
        .method = {.data = (const uint8_t *)"GET", .length = 3},
        .url = {.data = (const uint8_t *)"https://example.com/", .length = 20},
        .timeout_ms = 15000,  // expect: timeout-range
    };
    report("timeout", mvSendHttpRequest(channel, &request));
}

static void post_text(MvChannelHandle channel, const char *text) {
    char body[strlen(text)];
    strcpy(body, text);  // expect: request-body-overflow
    const struct MvHttpRequest request = {
        .method = {.data = (const uint8_t *)"POST", .length = 4},
        .url = {.data = (const uint8_t *)"https://example.com/", .length = 20},
        .body = {.data = (const uint8_t *)body, .length = sizeof body},
        .timeout_ms = 10000,
    };
    report("body", mvSendHttpRequest(channel, &request));
}

static void read_into_nothing(MvChannelHandle channel) {
    report("nothing", mvReadHttpResponseData(channel, 0));  // expect: bad-pointer
}

static void read_too_much(MvChannelHandle channel) {
    uint8_t body[64];
    report("too much", mvReadHttpResponseBody(channel, 0, body, 128));  // expect: length-exceeds-buffer
}

static void request_in_the_clear(MvChannelHandle channel) {
    const struct MvHttpRequest request = {
        .method = {.data = (const uint8_t *)"GET", .length = 3},
        .url = {.data = (const uint8_t *)"http://example.com/", .length = 19},  // expect: text-not-accepted
        .timeout_ms = 10000,
    };
    report("scheme", mvSendHttpRequest(channel, &request));
}

static void erase_half_a_sector(void) {
    MvExternalFlashHandle flash = 0;
    if (mvExternalFlashOpen(&flash) == MV_STATUS_OKAY) {
        report("erase", mvExternalFlashEraseBlocking(flash, 0, 2048));  // expect: value-out-of-range
        report("flash", mvExternalFlashClose(&flash));
    }
}

static void send_too_much(void) {
    static uint8_t large[1024];
    MvChannelHandle channel = 0;
    const struct MvOpenChannelParams params = {
        .version = 1,
        .v1 = {
            .notification_handle = events_centre(),
            .network_handle = network_handle(),
            .receive_buffer = receive,
            .receive_buffer_len = sizeof receive,
            .send_buffer = static_send,
            .send_buffer_len = sizeof static_send,
            .channel_type = MV_CHANNELTYPE_HTTP,
        },
    };
    const struct MvHttpRequest request = {
        .method = {.data = (const uint8_t *)"POST", .length = 4},
        .url = {.data = (const uint8_t *)"https://example.com/", .length = 20},
        .body = {.data = large, .length = sizeof large},
        .timeout_ms = 10000,
    };
    if (mvOpenChannel(&params, &channel) == MV_STATUS_OKAY) {
        enum MvStatus status = mvSendHttpRequest(channel, &request);  // expect: request-too-large
        report("large", status);
        report("closed", mvCloseChannel(&channel));
    }
}

static void log_terminator(void) {
    (void)mvServerLog((const uint8_t *)"started", sizeof "started");  // expect: log-length-mismatch
}

static void count_reasons(MvChannelHandle channel) {
    enum MvMqttRequestState state;
    uint32_t correlation, count;
    uint32_t codes[4];
    const struct MvMqttSubscribeResponse response = {
        .request_state = &state,
        .correlation_id = &correlation,
        .reason_codes = codes,
        .reason_codes_size = 4,  // expect: size-in-elements-not-bytes
        .reason_codes_len = &count,
    };
    report("reasons", mvMqttReadSubscribeResponse(channel, &response));  // expect: result-unchecked
}

void mistakes_with_arguments(MvChannelHandle channel) {
    MvChannelHandle small = 0;
    open_small(&small);
    open_on_stack();
    close_stacked();
    ring_of_bytes();
    device_id();
    request_nothing(channel);
    request_with_headers(channel);
    request_for_long(channel);
    post_text(channel, "text");
    read_into_nothing(channel);
    read_too_much(channel);
    request_in_the_clear(channel);
    erase_half_a_sector();
    send_too_much();
    log_terminator();
    count_reasons(channel);
}
