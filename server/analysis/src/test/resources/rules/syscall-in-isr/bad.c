#include <stdio.h>
#include <string.h>
#include "mv_syscalls.h"

static MvChannelHandle channel;

static void log_text(const char *text) {
    (void)mvServerLog((const uint8_t *)text, (uint16_t)strlen(text));
}

int _write(int file, char *text, int length) {
    (void)mvServerLog((const uint8_t *)text, (uint16_t)length);
    return file;
}

void TIM8_BRK_IRQHandler(void) {
    struct MvHttpResponseData data;
    (void)mvReadHttpResponseData(channel, &data); // expect: syscall-in-isr
    log_text("response"); // expect: syscall-in-isr
}

void TIM2_IRQHandler(void) {
    (void)mvSystemLedEnable(1); // expect: syscall-in-isr
    printf("network\n"); // expect: syscall-in-isr
}
