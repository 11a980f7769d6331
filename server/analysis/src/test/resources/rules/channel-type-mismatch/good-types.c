#include <stdbool.h>
#include "mv_syscalls.h"

struct service {
    MvChannelHandle channel;
    enum MvChannelType type;
};

static struct service services[2];

/* The type comes out of memory: it may be any. */
static bool start(struct service *service) {
    struct MvOpenChannelParams params = {.version = 1};
    params.v1.channel_type = service->type;
    return mvOpenChannel(&params, &service->channel) == MV_STATUS_OKAY;
}

static bool start_settings(struct service *service) {
    struct MvOpenChannelParams params = {.version = 1};
    params.v1.channel_type = MV_CHANNELTYPE_CONFIGFETCH;
    return mvOpenChannel(&params, &service->channel) == MV_STATUS_OKAY;
}

static bool ask(struct service *service, const struct MvHttpRequest *request) {
    return mvSendHttpRequest(service->channel, request) == MV_STATUS_OKAY;
}

static void stop(struct service *service) {
    (void)mvCloseChannel(&service->channel);
}

int main(void) {
    const struct MvHttpRequest request = {.timeout_ms = 5000};
    services[0].type = MV_CHANNELTYPE_HTTP;
    bool done = start(&services[0]) && start_settings(&services[1]) && ask(&services[0], &request);
    stop(&services[0]);
    stop(&services[1]);
    return done;
}
