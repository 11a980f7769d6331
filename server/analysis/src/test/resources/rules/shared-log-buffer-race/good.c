#include <stdio.h>
#include <string.h>
#include "mv_syscalls.h"

void *osThreadNew(void (*function)(void *), void *argument, const void *attributes);
int osMutexAcquire(void *mutex, uint32_t timeout);
int osMutexRelease(void *mutex);
static void *mutex;

static void log_local(int number) {
    char text[64];
    snprintf(text, sizeof(text), "%d", number);
    (void)mvServerLog((const uint8_t *)text, (uint16_t)strlen(text));
}

static void log_locked(int number) {
    static char text[64];
    osMutexAcquire(mutex, 1000);
    snprintf(text, sizeof(text), "%d", number);
    (void)mvServerLog((const uint8_t *)text, (uint16_t)strlen(text));
    osMutexRelease(mutex);
}

static void log_of_one_task(int number) {
    static char text[64];
    snprintf(text, sizeof(text), "%d", number);
    (void)mvServerLog((const uint8_t *)text, (uint16_t)strlen(text));
}

static void blink(void *argument) {
    while (1) {
        log_local(argument != 0);
        log_locked(1);
    }
}

static void fetch(void *argument) {
    while (1) {
        log_local(argument == 0);
        log_locked(2);
        log_of_one_task(3);
    }
}

void start(void) {
    osThreadNew(blink, 0, 0);
    osThreadNew(fetch, 0, 0);
}
