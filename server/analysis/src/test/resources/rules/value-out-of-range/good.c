#include "mv_syscalls.h"

#define SECTOR 4096u

void erase(MvExternalFlashHandle flash, uint32_t address, uint32_t length) {
    (void)mvExternalFlashEraseBlocking(flash, 2 * SECTOR, 4 * SECTOR);
    (void)mvExternalFlashEraseBlocking(flash, 0, SECTOR);
    (void)mvExternalFlashEraseBlocking(flash, address, length);
}

/* Only erasing goes by sectors. */
void write(MvExternalFlashHandle flash, const uint8_t *data) {
    (void)mvExternalFlashWriteBlocking(flash, 100, 12, data);
}

void power(void) {
    (void)mvPowerSave(MV_POWERSAVINGMODE_STOP3);
    (void)mvSystemLedEnable(0);
    (void)mvSystemLedEnable(1);
    (void)mvSetFastInterrupt(124);
}

void clock(uint32_t *value) {
    (void)mvPeriphPeek32(0x46020C1C, value);
}

enum MvStatus as_many_as_may_be(MvChannelHandle channel) {
    static struct MvHttpHeader headers[32];
    const struct MvHttpRequest request = {
        .method = {.data = (const uint8_t *)"GET", .length = 3},
        .url = {.data = (const uint8_t *)"https://example.com/", .length = 20},
        .num_headers = 32,
        .headers = headers,
        .timeout_ms = 5000};
    return mvSendHttpRequest(channel, &request);
}

enum MvStatus topics(MvChannelHandle channel, const struct MvSizedString *topics) {
    const struct MvMqttUnsubscribeRequest request = {
        .correlation_id = 1, .topics = topics, .num_topics = 8};
    return mvMqttRequestUnsubscribe(channel, &request);
}

/* A path on which the value is right cannot be told from one that is never taken. */
enum MvStatus on_one_path(MvChannelHandle channel, int known, uint32_t wanted) {
    struct MvMqttPublishRequest request = {
        .correlation_id = 1,
        .topic = {.data = (const uint8_t *)"a", .length = 1},
        .payload = {.data = (const uint8_t *)"b", .length = 1},
        .desired_qos = 99};
    if (known) {
        request.desired_qos = wanted;
    }
    return mvMqttRequestPublish(channel, &request);
}
