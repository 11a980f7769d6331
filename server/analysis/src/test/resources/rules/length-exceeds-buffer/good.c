#include "mv_syscalls.h"

struct record {
    uint32_t count;
    uint32_t sum;
};

enum MvStatus body(MvChannelHandle channel, uint8_t *somewhere) {
    static uint8_t buffer[257];
    enum MvStatus status = mvReadHttpResponseBody(channel, 0, buffer, 256);
    if (status == MV_STATUS_OKAY) {
        status = mvReadHttpResponseBody(channel, 256, &buffer[1], sizeof(buffer) - 1);
    }
    return status == MV_STATUS_OKAY ? mvReadHttpResponseBody(channel, 0, somewhere, 1024) : status;
}

enum MvStatus keep(MvExternalFlashHandle flash, const struct record *from) {
    struct record record = *from;
    enum MvStatus status =
        mvExternalFlashWriteBlocking(flash, 0, sizeof(record), (const uint8_t *)&record);
    /* The first member stands for the whole. */
    return status == MV_STATUS_OKAY
               ? mvExternalFlashWriteBlocking(
                     flash, 16, sizeof(record), (const uint8_t *)&record.count)
               : status;
}

enum MvStatus with_the_nul(MvChannelHandle channel) {
    const struct MvMqttPublishRequest request = {
        .correlation_id = 1,
        .topic = {.data = (const uint8_t *)"a", .length = 1},
        .payload = {.data = (const uint8_t *)"on", .length = sizeof("on")}};
    return mvMqttRequestPublish(channel, &request);
}
