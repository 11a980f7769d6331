#include "log.h"

#include <stdarg.h>

#define LOG_BUFFER_BYTES 4096
#define LINE_BYTES 160
#define DIGITS 10

/* Microvisor's from log_start() on: static, aligned, and never written here. */
static uint8_t log_buffer[LOG_BUFFER_BYTES] __attribute__((aligned(512)));

/** A line that grows and never beyond its end. */
struct line {
    uint8_t text[LINE_BYTES];
    uint16_t length;
};

enum MvStatus log_start(void) {
    return mvServerLoggingInit(log_buffer, sizeof log_buffer);
}

static void put(struct line *line, char character) {
    if (line->length < LINE_BYTES) {
        line->text[line->length++] = (uint8_t)character;
    }
}

static void put_text(struct line *line, const char *text) {
    while (*text != '\0') {
        put(line, *text++);
    }
}

static void put_number(struct line *line, unsigned value, unsigned base) {
    char digits[DIGITS];
    int count = 0;
    do {
        digits[count++] = "0123456789abcdef"[value % base];
        value /= base;
    } while (value > 0);
    while (count > 0) {
        put(line, digits[--count]);
    }
}

static void put_signed(struct line *line, int value) {
    if (value < 0) {
        put(line, '-');
        put_number(line, 0u - (unsigned)value, 10);
    } else {
        put_number(line, (unsigned)value, 10);
    }
}

void log_line(const char *format, ...) {
    struct line line = {.length = 0};
    va_list arguments;
    va_start(arguments, format);
    for (; *format != '\0'; format++) {
        if (*format != '%') {
            put(&line, *format);
            continue;
        }
        switch (*++format) {
            case 's':
                put_text(&line, va_arg(arguments, const char *));
                break;
            case 'c':
                put(&line, (char)va_arg(arguments, int));
                break;
            case 'd':
                put_signed(&line, va_arg(arguments, int));
                break;
            case 'u':
                put_number(&line, va_arg(arguments, unsigned), 10);
                break;
            case 'x':
                put_number(&line, va_arg(arguments, unsigned), 16);
                break;
            case '\0':
                /* A lone sign at the end; step back so that the loop sees the end. */
                format--;
                break;
            default:
                put(&line, *format);
                break;
        }
    }
    va_end(arguments);
    /* A lost line is no reason to stop, and there is nowhere to report it. */
    (void)mvServerLog(line.text, line.length);
}
