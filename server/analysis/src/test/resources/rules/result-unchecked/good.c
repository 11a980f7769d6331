#include "mv_syscalls.h"

void use(uint32_t value);
void look_at(const struct MvHttpResponseData *response);

void tested(MvChannelHandle channel) {
    static struct MvHttpResponseData response;
    if (mvReadHttpResponseData(channel, &response) == MV_STATUS_OKAY) {
        if (response.result == MV_HTTPRESULT_OK) {
            use(response.body_length);
        }
    }
}

void tested_elsewhere(MvChannelHandle channel) {
    struct MvHttpResponseData response;
    if (mvReadHttpResponseData(channel, &response) == MV_STATUS_OKAY) {
        look_at(&response);
        use(response.body_length);
    }
}

void switched(MvChannelHandle channel) {
    struct MvMqttConnectResponse response;
    if (mvMqttReadConnectResponse(channel, &response) != MV_STATUS_OKAY) return;
    switch (response.request_state) {
        case MV_MQTTREQUESTSTATE_REQUESTCOMPLETED:
            use(response.reason_code);
            break;
        default:
            break;
    }
}
