#include "mv_syscalls.h"

void erase(MvExternalFlashHandle flash) {
    (void)mvExternalFlashEraseBlocking(flash, 4096, 512); // expect: value-out-of-range
    (void)mvExternalFlashEraseBlocking(flash, 100, 4096); // expect: value-out-of-range
}

void power(void) {
    (void)mvPowerSave((enum MvPowerSavingMode)7); // expect: value-out-of-range
    (void)mvSystemLedEnable(2); // expect: value-out-of-range
    (void)mvSetFastInterrupt(125); // expect: value-out-of-range
}

void clock(uint32_t *value) {
    (void)mvPeriphPeek32(0x46020C1E, value); // expect: value-out-of-range
}

enum MvStatus too_many_headers(MvChannelHandle channel) {
    static struct MvHttpHeader headers[33];
    const struct MvHttpRequest request = {
        .method = {.data = (const uint8_t *)"GET", .length = 3},
        .url = {.data = (const uint8_t *)"https://example.com/", .length = 20},
        .num_headers = 33, // expect: value-out-of-range
        .headers = headers,
        .timeout_ms = 10000};
    return mvSendHttpRequest(channel, &request);
}

enum MvStatus too_many_topics(MvChannelHandle channel, const struct MvSizedString *topics) {
    const struct MvMqttUnsubscribeRequest request = {
        .correlation_id = 1, .topics = topics, .num_topics = 9}; // expect: value-out-of-range
    return mvMqttRequestUnsubscribe(channel, &request);
}

enum MvStatus quality(MvChannelHandle channel) {
    static const struct MvMqttSubscription SUBSCRIPTIONS[] = {
        {.topic = {.data = (const uint8_t *)"a", .length = 1}, .desired_qos = 1},
        {.topic = {.data = (const uint8_t *)"b", .length = 1}, .desired_qos = 3}, // expect: value-out-of-range
    };
    const struct MvMqttSubscribeRequest request = {
        .correlation_id = 1, .subscriptions = SUBSCRIPTIONS, .num_subscriptions = 2};
    return mvMqttRequestSubscribe(channel, &request);
}

enum MvStatus store(MvChannelHandle channel) {
    struct MvConfigKeyToFetch keys[1];
    keys[0].scope = MV_CONFIGKEYFETCHSCOPE_DEVICE;
    keys[0].store = (enum MvConfigKeyFetchStore)2; // expect: value-out-of-range
    keys[0].key.data = (const uint8_t *)"prefs";
    keys[0].key.length = 5;
    const struct MvConfigKeyFetchParams request = {.num_items = 1, .keys_to_fetch = keys};
    return mvSendConfigFetchRequest(channel, &request);
}

enum MvStatus certificates(MvChannelHandle channel, const struct MvSizedString *certs) {
    const struct MvTlsCredentials credentials = {
        .cacert = {.num_certs = 9, .certs = certs}}; // expect: value-out-of-range
    const struct MvMqttConnectRequest request = {
        .protocol_version = MV_MQTTPROTOCOLVERSION_V5,
        .host = {.data = (const uint8_t *)"example.com", .length = 11},
        .port = 8883,
        .clientid = {.data = (const uint8_t *)"a", .length = 1},
        .authentication = {.method = MV_MQTTAUTHENTICATIONMETHOD_NONE},
        .tls_credentials = &credentials,
        .keepalive = 60,
        .clean_start = 1};
    return mvMqttRequestConnect(channel, &request);
}
