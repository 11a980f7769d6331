/* Weather beacon: one GET a minute, the answer on the log. Grown out of the first demo we were given. */
#ifndef APP_H
#define APP_H

#include <assert.h>
#include <stdarg.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "mv_syscalls.h"
#include "stm32u5xx_hal.h"

#define LOG_BUFFER_SIZE_B (8 * 512)
#define LOG_MESSAGE_MAX_LEN_B 1024
#define HTTP_RX_BUFFER_SIZE_B 2048
#define HTTP_TX_BUFFER_SIZE_B 512
#define HTTP_NT_BUFFER_SIZE_R 8

#define REQUEST_SEND_PERIOD_MS 60000
#define CHANNEL_KILL_PERIOD_MS 15000
#define REOPEN_PERIOD_MS 5000

#define USER_TAG_LOGGING_OPEN_CHANNEL 1
#define USER_TAG_HTTP_OPEN_CHANNEL 2

void log_start(void);
void server_log(char *format_string, ...) __attribute__((__format__(__printf__, 1, 2)));
void server_error(char *format_string, ...) __attribute__((__format__(__printf__, 1, 2)));

void net_open_network(void);
MvNetworkHandle get_net_handle(void);
bool net_is_up(void);

void http_notification_center_setup(void);
enum MvStatus http_open_channel(void);
void http_close_channel(void);
enum MvStatus http_send_request(uint32_t item_number);
void http_process_response(void);
bool http_channel_is_open(void);

extern volatile bool received_request;
extern volatile bool channel_was_closed;
extern uint8_t http_rx_buffer[];
extern uint8_t http_tx_buffer[];

#endif
