#include <stdbool.h>
#include "mv_syscalls.h"

static MvChannelHandle channel;

static void note(int what) {
    (void)what;
}

static bool subscribe(void) {
    const struct MvMqttSubscription subscriptions[] = {
        {.topic = {.data = (const uint8_t *)"t", .length = 1}, .desired_qos = 1},
    };
    const struct MvMqttSubscribeRequest request = {
        .correlation_id = 1,
        .subscriptions = subscriptions,
        .num_subscriptions = 1,
    };
    return mvMqttRequestSubscribe(channel, &request) == MV_STATUS_OKAY;
}

static bool receive(const struct MvMqttMessage *message) {
    return mvMqttReceiveMessage(channel, message) == MV_STATUS_OKAY;
}

int main(void) {
    static uint8_t topic[16], payload[64], retain;
    static uint32_t id, qos, topic_length, payload_length;
    const struct MvMqttMessage message = {
        .correlation_id = &id,
        .topic = {.data = topic, .size = sizeof topic, .length = &topic_length},
        .payload = {.data = payload, .size = sizeof payload, .length = &payload_length},
        .qos = &qos,
        .retain = &retain,
    };
    if (subscribe() && receive(&message)) {
        note((int)payload_length);
        if (qos > 0 && mvMqttAcknowledgeMessage(channel, id) != MV_STATUS_OKAY) {
            note(1);
        }
    }
    return 0;
}
