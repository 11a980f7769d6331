#include <stdbool.h>
#include <stdio.h>
#include "mv_syscalls.h"

enum Event { FETCHED, FETCH_FAILED, SEND_FAILED };

extern void post(enum Event event);
extern MvChannelHandle config_channel;
extern MvChannelHandle http_channel;
static bool failed = false;

static void log_failure(const char *what, enum MvStatus status) {
    printf("%s: %d\n", what, (int)status);
}

void fetch(const struct MvConfigKeyFetchParams *keys) {
    if (mvSendConfigFetchRequest(config_channel, keys) != MV_STATUS_OKAY) {
        post(FETCH_FAILED);
    }
}

void send(const struct MvHttpRequest *request) {
    enum MvStatus status = mvSendHttpRequest(http_channel, request);
    if (status != MV_STATUS_OKAY) {
        post(SEND_FAILED);
    }
}

/* The caller is told. */
bool read(void) {
    struct MvConfigResponseData response;
    enum MvStatus status = mvReadConfigFetchResponseData(config_channel, &response);
    if (status != MV_STATUS_OKAY) {
        log_failure("response", status);
        return false;
    }
    return response.result == MV_CONFIGFETCHRESULT_OK;
}

/* A flag tells others. */
void read_or_fail(void) {
    struct MvHttpResponseData response;
    enum MvStatus status = mvReadHttpResponseData(http_channel, &response);
    if (status != MV_STATUS_OKAY) {
        log_failure("response", status);
        failed = true;
    } else if (response.result == MV_HTTPRESULT_OK) {
        post(FETCHED);
    }
}

/* What may be ignored may be logged. */
void describe(void) {
    enum MvClosureReason reason = MV_CLOSUREREASON_NONE;
    enum MvStatus status = mvGetChannelClosureReason(http_channel, &reason);
    if (status != MV_STATUS_OKAY) {
        log_failure("no reason", status);
    }
}

void work(enum Event event) {
    switch (event) {
    case FETCHED:
        failed = !read();
        break;
    case FETCH_FAILED:
    case SEND_FAILED:
        log_failure("failed", MV_STATUS_OKAY);
        break;
    }
}
