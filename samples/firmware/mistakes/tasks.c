/* Tasks that log out of one buffer, one that needs too much stack, and one that returns. Linked, and not run: there is no RTOS. */
#include "freestanding.h"
#include "mistakes.h"

struct attributes {
    uint32_t stack_size;
};

/** In place of an RTOS, which is not linked: it starts nothing. */
static void *osThreadNew(void (*function)(void *), void *argument, const void *attributes) {
    (void)function;
    (void)argument;
    (void)attributes;
    return 0;
}

static void log_text(const char *text) {
    static char line[64];  // expect: shared-log-buffer-race
    memcpy(line, text, strlen(text));
    (void)mvServerLog((const uint8_t *)line, (uint16_t)strlen(text));
}

static void read_all(MvChannelHandle channel) {
    struct MvHttpResponseData response;
    if (mvReadHttpResponseData(channel, &response) == MV_STATUS_OKAY
            && response.result == MV_HTTPRESULT_OK) {
        uint8_t body[response.body_length + 1];  // expect: vla-response-size
        body[0] = 0;
        report("body", mvReadHttpResponseBody(channel, 0, body, response.body_length));
    }
}

static void blink(void *argument) {
    (void)argument;
    for (;;) {
        log_text("blink");
    }
}

static void fetch(void *argument) {
    for (;;) {
        read_all(*(const MvChannelHandle *)argument);
        log_text("fetch");
    }
}

static void once(void *argument) {  // expect: task-function-returns
    (void)argument;
    log_text("once");
}

void mistakes_with_tasks(MvChannelHandle *channel) {
    static const struct attributes small = {.stack_size = 512};
    (void)osThreadNew(blink, 0, 0);
    (void)osThreadNew(fetch, channel, &small);
    (void)osThreadNew(once, 0, 0);
}
