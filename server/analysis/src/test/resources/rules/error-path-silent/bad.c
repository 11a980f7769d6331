#include <stdbool.h>
#include <stdio.h>
#include "mv_syscalls.h"

enum Event { FETCHED, FETCH_FAILED, SEND_FAILED };

extern void post(enum Event event);
extern MvChannelHandle config_channel;
extern MvChannelHandle http_channel;

static void log_failure(const char *what, enum MvStatus status) {
    printf("%s: %d\n", what, (int)status);
}

void fetch(const struct MvConfigKeyFetchParams *keys) {
    enum MvStatus status = mvSendConfigFetchRequest(config_channel, keys);
    if (status != MV_STATUS_OKAY) {
        log_failure("fetch", status);
        post(FETCH_FAILED);
    }
}

void send(const struct MvHttpRequest *request) {
    enum MvStatus status = mvSendHttpRequest(http_channel, request);
    if (status != MV_STATUS_OKAY) {
        post(SEND_FAILED);
    }
}

void read(void) {
    struct MvConfigResponseData response;
    enum MvStatus status = mvReadConfigFetchResponseData(config_channel, &response); // expect: error-path-silent
    if (status != MV_STATUS_OKAY) {
        log_failure("response", status);
        return;
    }
    if (response.result == MV_CONFIGFETCHRESULT_OK) {
        post(FETCHED);
    }
}

void work(enum Event event) {
    switch (event) {
    case FETCHED:
        read();
        break;
    case FETCH_FAILED:
    case SEND_FAILED:
        log_failure("failed", MV_STATUS_OKAY);
        break;
    }
}
