#include <stdbool.h>
#include <stddef.h>
#include "mv_syscalls.h"

static MvNetworkHandle network;
extern MvChannelHandle channel;
static unsigned failures;
extern bool enabled;

extern bool has_credit(void);
extern void log_status(const char *what, int status);

/* The status is one condition of several. */
static bool send(const struct MvHttpRequest *request, size_t length) {
    bool ok = length > 0 && enabled;
    if (ok) {
        enum MvStatus status = mvSendHttpRequest(channel, request);
        ok = ok && status == MV_STATUS_OKAY && has_credit();
    }
    return ok;
}

static bool need_network(const struct MvRequestNetworkParams *params) {
    bool done = false;
    enum MvStatus status = mvRequestNetwork(params, &network);
    if (status == MV_STATUS_OKAY && enabled) {
        done = true;
    } else {
        failures++;
        log_status("network", (int)status);
    }
    return done;
}

static int read_all(uint8_t *buffer, uint32_t size) {
    int result = -1;
    do {
        if (mvReadHttpResponseBody(channel, 0, buffer, size) != MV_STATUS_OKAY) {
            break;
        }
        if (buffer[0] != '{') {
            break;
        }
        result = 0;
    } while (false);
    return result;
}

struct outcome {
    bool done;
    enum MvStatus status;
};

static struct outcome ask(const struct MvHttpRequest *request) {
    struct outcome outcome = {.done = false, .status = MV_STATUS_OKAY};
    outcome.status = mvSendHttpRequest(channel, request);
    outcome.done = outcome.status == MV_STATUS_OKAY;
    return outcome;
}

void run(const struct MvRequestNetworkParams *params, const struct MvHttpRequest *request, uint8_t *buffer) {
    need_network(params); // expect: ignored-wrapper-result
    send(request, 12); // expect: ignored-wrapper-result
    read_all(buffer, 12); // expect: ignored-wrapper-result
    ask(request); // expect: ignored-wrapper-result
}
