#include <stdint.h>
#include <string.h>
#include "mv_syscalls.h"

static char name[32];

void one_past_the_end(MvChannelHandle channel) {
    enum MvConfigKeyFetchResult result;
    uint32_t length = 0;
    static char value[64];
    const struct MvConfigResponseReadItemParams params = {
        .result = &result,
        .buf = {.data = (uint8_t *)value, .size = sizeof(value), .length = &length},
    };
    if (mvReadConfigResponseItem(channel, &params) == MV_STATUS_OKAY && result == MV_CONFIGKEYFETCHRESULT_OK) {
        value[length] = '\0'; // expect: config-value-overflow
    }
}

void copied(MvChannelHandle channel) {
    enum MvConfigKeyFetchResult result;
    uint32_t length = 0;
    uint8_t value[256];
    const struct MvConfigResponseReadItemParams params = {
        .result = &result,
        .buf = {.data = value, .size = sizeof(value), .length = &length},
    };
    if (mvReadConfigResponseItem(channel, &params) == MV_STATUS_OKAY && result == MV_CONFIGKEYFETCHRESULT_OK && length > 0) {
        memcpy(name, value, length); // expect: config-value-overflow
        name[length] = 0; // expect: config-value-overflow
    }
}

void message(MvChannelHandle channel) {
    uint32_t id, topic_length, length, qos;
    uint8_t retain;
    static uint8_t topic[64], payload[64];
    const struct MvMqttMessage message = {
        .correlation_id = &id,
        .topic = {.data = topic, .size = sizeof(topic), .length = &topic_length},
        .payload = {.data = payload, .size = sizeof(payload), .length = &length},
        .qos = &qos,
        .retain = &retain,
    };
    if (mvMqttReceiveMessage(channel, &message) == MV_STATUS_OKAY) {
        payload[length] = 0; // expect: config-value-overflow
    }
}

void whole_body(MvChannelHandle channel) {
    struct MvHttpResponseData data;
    uint8_t body[512];
    if (mvReadHttpResponseData(channel, &data) == MV_STATUS_OKAY && data.result == MV_HTTPRESULT_OK) {
        (void)mvReadHttpResponseBody(channel, 0, body, data.body_length); // expect: config-value-overflow
    }
}
