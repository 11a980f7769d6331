#include <stdbool.h>
#include <stdio.h>
#include "mv_syscalls.h"

extern MvChannelHandle channel;
static bool close_requested = false;

static void log_failure(const char *what, enum MvStatus status) {
    printf("%s: %d\n", what, (int)status);
}

/* The caller is told. */
enum MvStatus ask(const struct MvHttpRequest *request) {
    enum MvStatus status = mvSendHttpRequest(channel, request);
    if (status == MV_STATUS_CHANNELCLOSED) {
        log_failure("channel already closed", status);
    }
    return status;
}

/* Another part of the program closes it. */
void ask_again(const struct MvHttpRequest *request) {
    enum MvStatus status = mvSendHttpRequest(channel, request);
    if (status == MV_STATUS_CHANNELCLOSED) {
        log_failure("channel already closed", status);
        close_requested = true;
    }
}

/* Closed at once. */
void ask_at_last(const struct MvHttpRequest *request) {
    enum MvStatus status = mvSendHttpRequest(channel, request);
    if (status == MV_STATUS_CHANNELCLOSED) {
        log_failure("channel already closed", status);
        enum MvStatus closed = mvCloseChannel(&channel);
        log_failure("closed", closed);
    }
}

/* All failures alike: the status is not singled out. */
void read(void) {
    struct MvHttpResponseData response;
    enum MvStatus status = mvReadHttpResponseData(channel, &response);
    if (status != MV_STATUS_OKAY) {
        log_failure("no response", status);
    }
}

/* To close a closed channel is no failure. */
void close_channel(void) {
    enum MvStatus status = mvCloseChannel(&channel);
    if (status == MV_STATUS_CHANNELCLOSED) {
        log_failure("closed by the server before", status);
    }
}
