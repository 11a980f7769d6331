#include <stdio.h>
#include <stdlib.h>

#include "mv_syscalls.h"

void ended(MvChannelHandle channel) {
    struct MvHttpResponseData data;
    if (mvReadHttpResponseData(channel, &data) != MV_STATUS_OKAY || data.result != MV_HTTPRESULT_OK) {
        return;
    }
    char *body = malloc(data.body_length + 1);
    if (body == NULL) {
        return;
    }
    if (mvReadHttpResponseBody(channel, 0, (uint8_t *) body, data.body_length) == MV_STATUS_OKAY) {
        body[data.body_length] = '\0';
        printf("%s\n", body);
    }
    free(body);
}

void with_a_length(MvChannelHandle channel) {
    struct MvHttpResponseData data;
    if (mvReadHttpResponseData(channel, &data) != MV_STATUS_OKAY || data.result != MV_HTTPRESULT_OK) {
        return;
    }
    char *body = malloc(data.body_length);
    if (body == NULL) {
        return;
    }
    if (mvReadHttpResponseBody(channel, 0, (uint8_t *) body, data.body_length) == MV_STATUS_OKAY) {
        printf("%.*s\n", (int) data.body_length, body);
    }
    free(body);
}
