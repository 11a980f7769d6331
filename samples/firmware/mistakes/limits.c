/* More channels and logs than there are, and a message without acknowledgement. Linked, and not run. */
#include <stdbool.h>

#include "mistakes.h"

static MvChannelHandle a, b, c, d, e;

static bool open_five(const struct MvOpenChannelParams *params) {
    if (mvOpenChannel(params, &a) != MV_STATUS_OKAY) {
        return false;
    }
    if (mvOpenChannel(params, &b) != MV_STATUS_OKAY) {
        return false;
    }
    if (mvOpenChannel(params, &c) != MV_STATUS_OKAY) {
        return false;
    }
    if (mvOpenChannel(params, &d) != MV_STATUS_OKAY) {
        return false;
    }
    return mvOpenChannel(params, &e) == MV_STATUS_OKAY;  // expect: channel-limit
}

static void close_five(void) {
    report("a", mvCloseChannel(&a));
    report("b", mvCloseChannel(&b));
    report("c", mvCloseChannel(&c));
    report("d", mvCloseChannel(&d));
    report("e", mvCloseChannel(&e));
}

static void start_two_logs(void) {
    static uint8_t first[1024] __attribute__((aligned(512)));
    static uint8_t second[1024] __attribute__((aligned(512)));
    report("first log", mvServerLoggingInit(first, sizeof first));
    report("second log", mvServerLoggingInit(second, sizeof second));  // expect: double-init
}

static MvChannelHandle mqtt;

static void receive_message(void) {
    static uint8_t topic[16], payload[64], retain;
    static uint32_t id, qos, topic_length, payload_length;
    static const struct MvMqttSubscription SUBSCRIPTIONS[] = {
        {.topic = {.data = (const uint8_t *)"t", .length = 1}, .desired_qos = 1},
    };
    const struct MvMqttSubscribeRequest request = {
        .correlation_id = 1,
        .subscriptions = SUBSCRIPTIONS,
        .num_subscriptions = 1,
    };
    const struct MvMqttMessage message = {
        .correlation_id = &id,
        .topic = {.data = topic, .size = sizeof topic, .length = &topic_length},
        .payload = {.data = payload, .size = sizeof payload, .length = &payload_length},
        .qos = &qos,
        .retain = &retain,
    };
    if (mvMqttRequestSubscribe(mqtt, &request) == MV_STATUS_OKAY) {  // expect: invalid-handle-use
        enum MvStatus status = mvMqttReceiveMessage(mqtt, &message);  // expect: invalid-handle-use, mqtt-ack-missing
        report("message", status);
    }
}

void mistakes_with_limits(const struct MvOpenChannelParams *params) {
    if (open_five(params)) {
        close_five();
    }
    start_two_logs();
    receive_message();
}
