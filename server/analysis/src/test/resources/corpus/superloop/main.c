/* A meter that reports once a minute: one file, no RTOS, everything in main's loop. */
#include "mv_syscalls.h"
#include "stm32u5xx_hal.h"

#include <stdbool.h>
#include <stdio.h>
#include <string.h>

#define NOTE_COUNT 8
#define TAG_NET 10
#define TAG_WEB 20
#define RX_BYTES (5 * 512)
#define TX_BYTES 512

static volatile struct MvNotification notes[NOTE_COUNT] __attribute__((aligned(8)));
static volatile uint32_t note_at = 0;
static uint8_t rx[RX_BYTES] __attribute__((aligned(512)));
static uint8_t tx[TX_BYTES] __attribute__((aligned(512)));
static uint8_t __attribute__((aligned(512))) log_area[2048] = {0};

static MvNotificationHandle centre = 0;
static MvNetworkHandle net = 0;
static MvChannelHandle web = 0;

volatile bool got_reply = false;
volatile bool lost_link = false;

static void say(const char *format, unsigned value) {
    char line[96];
    int n = snprintf(line, sizeof(line), format, value);
    if (n > 0) {
        mvServerLog((const uint8_t *)line, (uint16_t)(n < (int)sizeof(line) ? n : (int)sizeof(line) - 1));
    }
}

void TIM2_IRQHandler(void) {
    uint32_t type = notes[note_at].event_type;
    while (type != MV_EVENTTYPE_NOEVENT) {
        if (notes[note_at].tag == TAG_WEB) {
            if (type == MV_EVENTTYPE_CHANNELDATAREADABLE) {
                got_reply = true;
            } else if (type == MV_EVENTTYPE_CHANNELNOTCONNECTED) {
                lost_link = true;
            }
        }
        notes[note_at].event_type = MV_EVENTTYPE_NOEVENT;
        note_at = (note_at + 1) % NOTE_COUNT;
        type = notes[note_at].event_type;
    }
}

static int start_centre(void) {
    struct MvNotificationSetup setup;
    setup.irq = TIM2_IRQn;
    setup.buffer = (struct MvNotification *)notes;
    setup.buffer_size = sizeof(notes);
    uint32_t rc = mvSetupNotifications(&setup, &centre);
    if (rc != 0) {
        say("no centre: %u", rc);
        return -1;
    }
    NVIC_ClearPendingIRQ(TIM2_IRQn);
    NVIC_EnableIRQ(TIM2_IRQn);
    return 0;
}

static int start_network(void) {
    struct MvRequestNetworkParams params = {
        .version = 1, .v1 = {.notification_handle = centre, .notification_tag = TAG_NET}};
    if (mvRequestNetwork(&params, &net) != MV_STATUS_OKAY) {
        say("no network %u", 0);
        return -1;
    }
    uint32_t began = HAL_GetTick();
    enum MvNetworkStatus state = MV_NETWORKSTATUS_CONNECTING;
    do {
        if (mvGetNetworkStatus(net, &state) != MV_STATUS_OKAY) {
            return -1;
        }
        HAL_Delay(50);
    } while (state != MV_NETWORKSTATUS_CONNECTED && HAL_GetTick() - began < 60000);
    return state == MV_NETWORKSTATUS_CONNECTED ? 0 : -1;
}

static int open_web(void) {
    struct MvOpenChannelParams p;
    memset(&p, 0, sizeof(p));
    p.version = 1;
    p.v1.notification_handle = centre;
    p.v1.notification_tag = TAG_WEB;
    p.v1.network_handle = net;
    p.v1.receive_buffer = rx;
    p.v1.receive_buffer_len = sizeof(rx);
    p.v1.send_buffer = tx;
    p.v1.send_buffer_len = sizeof(tx);
    p.v1.channel_type = MV_CHANNELTYPE_HTTP;
    p.v1.endpoint.data = (const uint8_t *)"";
    p.v1.endpoint.length = 0;
    uint32_t rc = mvOpenChannel(&p, &web);
    if (rc == MV_STATUS_OKAY) {
        return 0;
    }
    say("open failed: %u", rc);
    return -1;
}

static void close_web(void) {
    if (web == 0) {
        return;
    }
    uint32_t rc = mvCloseChannel(&web);
    if (rc != MV_STATUS_OKAY && rc != MV_STATUS_CHANNELCLOSED) {
        say("close failed: %u", rc);
        web = 0;
    }
}

static int ask(void) {
    static const char verb[] = "GET";
    static const char where[] = "https://meters.example/v1/time";
    struct MvHttpHeader none[0];
    struct MvHttpRequest request = {
        .method = {.data = (const uint8_t *)verb, .length = strlen(verb)},
        .url = {.data = (const uint8_t *)where, .length = sizeof(where) - 1},
        .num_headers = 0,
        .headers = none,
        .body = {.data = (const uint8_t *)"", .length = 0},
        .timeout_ms = 10000};
    got_reply = false;
    lost_link = false;
    uint32_t rc = mvSendHttpRequest(web, &request);
    if (rc) {
        say("send failed: %u", rc);
    }
    return rc ? -1 : 0;
}

static void read_reply(void) {
    struct MvHttpResponseData data;
    uint32_t rc = mvReadHttpResponseData(web, &data);
    if (rc != MV_STATUS_OKAY) {
        say("nothing to read: %u", rc);
        return;
    }
    if (data.result != MV_HTTPRESULT_OK || data.status_code != 200) {
        say("bad answer: %u", data.result);
        return;
    }
    static char body[1025];
    uint32_t size = data.body_length < sizeof(body) ? data.body_length : sizeof(body) - 1;
    memset(body, 0, sizeof(body));
    rc = mvReadHttpResponseBody(web, 0, (uint8_t *)body, size);
    if (rc == MV_STATUS_OKAY) {
        body[size] = '\0';
        say("answer of %u bytes", (unsigned)strlen(body));
    }
}

int main(void) {
    HAL_Init();
    if (mvServerLoggingInit(log_area, sizeof(log_area)) != MV_STATUS_OKAY) {
        return 1;
    }
    if (start_centre() < 0 || start_network() < 0) {
        for (;;) {
            __WFI();
        }
    }
    uint32_t last = 0;
    uint32_t asked_at = 0;
    while (1) {
        uint32_t now = HAL_GetTick();
        if (web == 0 && now - last >= 60000) {
            last = now;
            if (open_web() == 0) {
                if (ask() == 0) {
                    asked_at = now;
                } else {
                    close_web();
                }
            }
        }
        if (web != 0) {
            if (got_reply) {
                got_reply = false;
                read_reply();
                close_web();
            } else if (lost_link) {
                lost_link = false;
                close_web();
            } else if (now - asked_at > 15000) {
                say("gave up after %u ms", now - asked_at);
                close_web();
            }
        }
        __WFI();
    }
}
