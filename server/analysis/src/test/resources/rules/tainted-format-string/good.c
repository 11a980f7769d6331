#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>
#include "mv_syscalls.h"

static void log_line(const char *format, ...) {
    char text[200];
    va_list args;
    va_start(args, format);
    vsnprintf(text, sizeof text, format, args);
    va_end(args);
    mvServerLog((const uint8_t *)text, (uint16_t)strlen(text));
}

static void log_text(const char *text) {
    log_line("%s", text);
}

void arguments(MvChannelHandle channel) {
    char body[128] = {0};
    if (mvReadHttpResponseBody(channel, 0, (uint8_t *)body, sizeof(body) - 1) == MV_STATUS_OKAY) {
        printf("%s", body);
        log_line("Body: %s", body);
        puts(body);
        log_text(body);
    }
}

/* A format that is a variable, but not from the network. */
void own(MvChannelHandle channel, int warm) {
    const char *format = warm ? "warm %d\n" : "cold %d\n";
    printf(format, warm);
    char body[32];
    snprintf(body, sizeof body, "%%d degrees");
    printf(body, warm);
    (void)mvReadHttpResponseBody(channel, 0, (uint8_t *)body, sizeof(body));
}

/* The line is another one when it is printed. */
void written_anew(MvChannelHandle channel, uint32_t count) {
    char body[128] = {0};
    char line[160];
    if (mvReadHttpResponseBody(channel, 0, (uint8_t *)body, sizeof(body) - 1) == MV_STATUS_OKAY) {
        snprintf(line, sizeof(line), "Body: %s", body);
        log_line("%s", line);
        snprintf(line, sizeof(line), "%lu in all", (unsigned long)count);
        log_line(line);
    }
}

void only_counted(MvChannelHandle channel) {
    char body[128] = {0};
    char line[32];
    if (mvReadHttpResponseBody(channel, 0, (uint8_t *)body, sizeof(body) - 1) == MV_STATUS_OKAY) {
        snprintf(line, sizeof(line), "%u bytes", (unsigned)strlen(body));
        log_line(line);
    }
}
