#include <stdio.h>
#include <stdlib.h>

#include "mv_syscalls.h"

void print_body(MvChannelHandle channel) {
    struct MvHttpResponseData data;
    if (mvReadHttpResponseData(channel, &data) != MV_STATUS_OKAY || data.result != MV_HTTPRESULT_OK) {
        return;
    }
    uint8_t *body = (uint8_t *) malloc(data.body_length);
    if (body == NULL) {
        return;
    }
    if (mvReadHttpResponseBody(channel, 0, body, data.body_length) == MV_STATUS_OKAY) { // expect: response-string-no-nul
        printf("%s\n", (char *) body);
    }
    free(body);
}
