#include <stdbool.h>
#include "mv_syscalls.h"

void publish_ended(const struct MvMqttPublishResponse *answer);

/* Only taken out of the way, and it says so. */
void session_drop(MvChannelHandle channel) {
    struct MvMqttPublishResponse answer;

    (void)mvMqttReadPublishResponse(channel, &answer);
}

/* Looked at elsewhere. */
bool session_published(MvChannelHandle channel) {
    struct MvMqttPublishResponse answer;

    if (mvMqttReadPublishResponse(channel, &answer) != MV_STATUS_OKAY) {
        return false;
    }
    publish_ended(&answer);
    return true;
}

/* The caller looks at it. */
static bool session_read(MvChannelHandle channel, struct MvMqttConnectResponse *answer) {
    return mvMqttReadConnectResponse(channel, answer) == MV_STATUS_OKAY;
}

bool session_connected(MvChannelHandle channel) {
    struct MvMqttConnectResponse answer;

    return session_read(channel, &answer)
        && answer.request_state == MV_MQTTREQUESTSTATE_REQUESTCOMPLETED && answer.reason_code == 0;
}

static struct MvMqttConnectResponse last;

/* Kept for whoever asks. */
bool session_kept(MvChannelHandle channel) {
    return mvMqttReadConnectResponse(channel, &last) == MV_STATUS_OKAY;
}

bool session_is_up(void) {
    return last.request_state == MV_MQTTREQUESTSTATE_REQUESTCOMPLETED && last.reason_code == 0;
}
