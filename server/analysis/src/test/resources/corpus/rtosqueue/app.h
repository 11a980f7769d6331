/* Events that move between the tasks of this firmware. */
#ifndef APP_H
#define APP_H

#include "cmsis_os2.h"
#include "mv_syscalls.h"

#include <stdbool.h>

enum AppEvent { EV_CONNECTED, EV_OPEN_FAILED, EV_RESPONSE, EV_CHANNEL_LOST, EV_TICK };

extern osMessageQueueId_t events;
extern MvChannelHandle channel;

void post(enum AppEvent event);
bool channel_open(void);
void channel_close(void);
bool channel_request(void);
void channel_respond(void);
bool centre_start(void);
bool net_start(void);
void logf_line(const char *format, ...) __attribute__((format(printf, 1, 2)));
void log_begin(void);

extern MvNotificationHandle centre_handle;
extern MvNetworkHandle net_handle;

#endif
