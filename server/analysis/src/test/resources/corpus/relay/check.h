/* Error handling for all: a call that fails is logged with its place and leaves by the label of the function. */
#ifndef CHECK_H
#define CHECK_H

#include "mv_syscalls.h"

void relay_trace(const char *file, int line, const char *what, unsigned status);

#define STRINGIFY_(x) #x
#define STRINGIFY(x) STRINGIFY_(x)
#define LEN(a) (sizeof(a) / sizeof((a)[0]))
#define MIN(a, b) ((a) < (b) ? (a) : (b))
#define UNUSED(x) ((void)(x))

#define OK(call) ((call) == MV_STATUS_OKAY)

/* CHECK(call): jumps to `fail`. */
#define CHECK(call)                                                      \
    do {                                                                 \
        const enum MvStatus check_status_ = (call);                      \
        if (check_status_ != MV_STATUS_OKAY) {                           \
            relay_trace(__FILE__, __LINE__, #call, check_status_);       \
            goto fail;                                                   \
        }                                                                \
    } while (0)

/* TRY(call): goes on, but tells of it. */
#define TRY(call)                                                        \
    ({                                                                   \
        enum MvStatus try_status_ = (call);                              \
        if (try_status_ != MV_STATUS_OKAY) {                             \
            relay_trace(__FILE__, __LINE__, #call, try_status_);         \
        }                                                                \
        try_status_;                                                     \
    })

#define SIZED_LITERAL(text) {.data = (const uint8_t *)("" text), .length = sizeof(text) - 1u}
#define SIZED_STRING(text) {.data = (const uint8_t *)(text), .length = (uint32_t)strlen(text)}

#define MICROVISOR_BLOCK 512
#define BLOCKS(n) ((n) * MICROVISOR_BLOCK)
#define CHANNEL_MEMORY __attribute__((section(".bss.channels"))) __attribute__((aligned(MICROVISOR_BLOCK)))

#endif
