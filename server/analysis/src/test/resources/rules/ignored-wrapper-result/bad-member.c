#include "mv_syscalls.h"

/* A table of operations without a name of its own, filled in a function. */
typedef struct {
    int (*send)(MvChannelHandle channel, const struct MvHttpRequest *request);
    int (*other)(int value);
} operations;

static operations table;

static int send(MvChannelHandle channel, const struct MvHttpRequest *request) {
    return mvSendHttpRequest(channel, request) == MV_STATUS_OKAY ? 0 : -1;
}

static int twice(int value) {
    return 2 * value;
}

void fill(void) {
    table.send = send;
    table.other = twice;
}

void use(const operations *ops, MvChannelHandle channel, const struct MvHttpRequest *request) {
    ops->other(1);
    ops->send(channel, request); // expect: ignored-wrapper-result
}
