/* Tasks that log out of one buffer, and one that returns. Linked, and not run: there is no RTOS. */
#include "freestanding.h"
#include "mistakes.h"

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

static void blink(void *argument) {
    (void)argument;
    for (;;) {
        log_text("blink");
    }
}

static void fetch(void *argument) {
    (void)argument;
    for (;;) {
        log_text("fetch");
    }
}

static void once(void *argument) {  // expect: task-function-returns
    (void)argument;
    log_text("once");
}

void mistakes_with_tasks(void) {
    (void)osThreadNew(blink, 0, 0);
    (void)osThreadNew(fetch, 0, 0);
    (void)osThreadNew(once, 0, 0);
}
