#include "mv_syscalls.h"

enum MvStatus bounds(MvChannelHandle channel, uint32_t wait) {
    struct MvHttpRequest request = {
        .method = {(const uint8_t *)"GET", 3},
        .url = {(const uint8_t *)"https://example.com/", 20},
        .timeout_ms = 5000};
    enum MvStatus status = mvSendHttpRequest(channel, &request);
    if (status == MV_STATUS_OKAY) {
        request.timeout_ms = 10 * 1000;
        status = mvSendHttpRequest(channel, &request);
    }
    if (status == MV_STATUS_OKAY) {
        // Nobody can tell.
        request.timeout_ms = wait;
        status = mvSendHttpRequest(channel, &request);
    }
    return status;
}
