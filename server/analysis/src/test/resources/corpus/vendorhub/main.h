/**
 *
 * A device that fetches a key, makes a token of it and opens an MQTT hub with it
 *
 */
#ifndef _MAIN_H_
#define _MAIN_H_

#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include <stdarg.h>
#include <stdlib.h>
#include <string.h>
#include <assert.h>
#include "stm32u5xx_hal.h"
#include "cmsis_os2.h"
#include "mv_syscalls.h"

#define HUB_HOST            "hub.example.com"
#define HUB_PORT            8883
#define TOKEN_SIZE          256
#define KEY_SIZE            64

enum Event {
    EVENT_NONE,
    EVENT_START,
    EVENT_TOKEN_READY,
    EVENT_TOKEN_FAILED,
    EVENT_CONNECTED,
    EVENT_READABLE,
    EVENT_DROPPED,
    EVENT_SEND,
    EVENT_SEND_FAILED
};

extern osMessageQueueId_t events;
extern char token[TOKEN_SIZE];

void post_event(enum Event event);
void server_log(const char *format, ...)   __attribute__ ((__format__ (__printf__, 1, 2)));
void server_error(const char *format, ...) __attribute__ ((__format__ (__printf__, 1, 2)));
void log_init(void);


void hub_center(void);
void hub_open(void);
void hub_read(void);
void hub_send(uint32_t count);
void hub_close(void);
bool token_fetch(void);
void light(bool on);

MvNetworkHandle network_of_app(void);
MvNotificationHandle center_of_app(void);

#endif
