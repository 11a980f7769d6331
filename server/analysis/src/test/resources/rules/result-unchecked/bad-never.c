#include <stdbool.h>
#include "mv_syscalls.h"

struct session {
    MvChannelHandle channel;
    bool connected;
    bool subscribed;
};

/* An answer came, but which one? */
bool session_connected(struct session *s) {
    struct MvMqttConnectResponse answer;

    if (mvMqttReadConnectResponse(s->channel, &answer) != MV_STATUS_OKAY) { // expect: result-unchecked
        return false;
    }
    s->connected = true;
    return true;
}

bool session_subscribed(struct session *s) {
    enum MvMqttRequestState state;
    uint32_t id;
    uint32_t codes[1];
    uint32_t count;
    const struct MvMqttSubscribeResponse answer = {
        .request_state = &state,
        .correlation_id = &id,
        .reason_codes = codes,
        .reason_codes_size = sizeof(codes),
        .reason_codes_len = &count};
    enum MvStatus status = mvMqttReadSubscribeResponse(s->channel, &answer); // expect: result-unchecked

    s->subscribed = status == MV_STATUS_OKAY;
    return s->subscribed;
}

/* The body is read without a look at what came before it. */
bool body(MvChannelHandle channel, uint8_t *to, uint32_t room) {
    struct MvHttpResponseData head;
    return mvReadHttpResponseData(channel, &head) == MV_STATUS_OKAY // expect: result-unchecked
        && mvReadHttpResponseBody(channel, 0, to, room) == MV_STATUS_OKAY;
}
