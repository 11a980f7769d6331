#include "mv_syscalls.h"

void use(uint32_t value);

void http(MvChannelHandle channel) {
    struct MvHttpResponseData response;
    if (mvReadHttpResponseData(channel, &response) == MV_STATUS_OKAY) {
        use(response.body_length); // expect: result-unchecked
    }
}

void config(MvChannelHandle channel) {
    struct MvConfigResponseData response = {0};
    enum MvStatus status = mvReadConfigFetchResponseData(channel, &response);
    if (status == MV_STATUS_OKAY && response.num_items == 1) { // expect: result-unchecked
        use(1);
    }
}
