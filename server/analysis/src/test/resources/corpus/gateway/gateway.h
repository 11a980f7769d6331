#ifndef GATEWAY_H
#define GATEWAY_H

#include <stdbool.h>
#include <stdint.h>

#include "cmsis_os2.h"
#include "mv_syscalls.h"

/* Who gets what from the one notification centre. */
enum { TAG_NETWORK = 1, TAG_CONFIG = 2, TAG_HTTP = 3 };

/* Flags of the event group that the interrupt sets and the application task waits for. */
#define EVT_NETWORK (1u << 0)
#define EVT_CONFIG_READY (1u << 1)
#define EVT_CONFIG_LOST (1u << 2)
#define EVT_HTTP_READY (1u << 3)
#define EVT_HTTP_LOST (1u << 4)
#define EVT_ALL 0x1Fu

typedef struct {
    char url[193];
    char token[65];
    uint32_t period_s;
} settings_t;

/* notify.c */
bool notify_init(void);
MvNotificationHandle notify_centre(void);
uint32_t notify_wait(uint32_t wanted, uint32_t timeout_ms);

/* link.c */
bool link_up(void);
bool link_wait(uint32_t timeout_ms);
MvNetworkHandle link_handle(void);

/* settings.c */
bool settings_fetch(settings_t *out);

/* uplink.c */
void uplink_step(const settings_t *settings, uint32_t flags);
bool uplink_idle(void);

/* log.c */
bool log_init(void);
void log_line(const char *fmt, ...) __attribute__((format(printf, 1, 2)));

#endif
