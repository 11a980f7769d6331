/* Failures that nobody is told of. Linked, and not run. */
#include "mistakes.h"

enum message {
    NOTHING_NEW,
    REQUEST_SENT,
    SEND_FAILED,
    READ_FAILED,
};

/** In place of a queue: it holds one message. */
static volatile enum message posted;

static void post(enum message message) {
    posted = message;
}

static void send(MvChannelHandle channel, const struct MvHttpRequest *request) {
    enum MvStatus status = mvSendHttpRequest(channel, request);
    if (status != MV_STATUS_OKAY) {
        report("send", status);
        post(SEND_FAILED);
        return;
    }
    post(REQUEST_SENT);
}

static void look(MvChannelHandle channel) {
    struct MvHttpResponseData response = {.result = MV_HTTPRESULT_REQUESTFAILED};
    enum MvStatus status = mvReadHttpResponseData(channel, &response);
    if (status != MV_STATUS_OKAY) {
        report("read", status);
        post(READ_FAILED);  // expect: error-event-unhandled
        return;
    }
    post(response.result == MV_HTTPRESULT_OK ? NOTHING_NEW : SEND_FAILED);
}

static void read_body(MvChannelHandle channel) {
    uint8_t body[4] = {0};
    enum MvStatus status = mvReadHttpResponseBody(channel, 0, body, sizeof body);  // expect: error-path-silent
    if (status != MV_STATUS_OKAY) {
        report("body", status);
        return;
    }
    post(body[0] == 0 ? NOTHING_NEW : SEND_FAILED);
}

static void work(MvChannelHandle channel) {
    switch (posted) {
        case REQUEST_SENT:
            look(channel);
            break;
        case SEND_FAILED:
            read_body(channel);
            break;
        default:
            break;
    }
}

void mistakes_with_posts(MvChannelHandle channel, const struct MvHttpRequest *request) {
    send(channel, request);
    work(channel);
    work(channel);
}
