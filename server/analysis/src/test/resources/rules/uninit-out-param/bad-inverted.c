#include <stdio.h>
#include <string.h>
#include "mv_syscalls.h"

extern MvChannelHandle channel;

/* Each is asked for, and then only looked at when it could not be had. */
void closed(void) {
    enum MvClosureReason reason = MV_CLOSUREREASON_NONE;
    if (mvGetChannelClosureReason(channel, &reason) != MV_STATUS_OKAY) { // expect: uninit-out-param
        printf("closed: %d\n", (int)reason);
    }
}

void answered(void) {
    static struct MvHttpResponseData answer;
    enum MvStatus status = mvReadHttpResponseData(channel, &answer); // expect: uninit-out-param
    if (status != MV_STATUS_OKAY) {
        if (answer.result == MV_HTTPRESULT_OK) {
            printf("%u bytes\n", (unsigned)answer.body_length);
        }
    } else {
        printf("no answer: %d\n", (int)status);
    }
}

void body(uint32_t length) {
    static uint8_t text[129];
    memset(text, 0, sizeof text);
    if (length > sizeof text - 1) {
        length = sizeof text - 1;
    }
    if (mvReadHttpResponseBody(channel, 0, text, length) == MV_STATUS_OKAY) { // expect: uninit-out-param
        return;
    }
    text[length] = '\0';
    printf("%s\n", (const char *)text);
}

void told(void) {
    struct MvConfigResponseData answer = {0};
    enum MvStatus status = mvReadConfigFetchResponseData(channel, &answer); // expect: uninit-out-param
    switch (status) {
    case MV_STATUS_OKAY:
        return;
    default:
        break;
    }
    if (answer.result == MV_CONFIGFETCHRESULT_OK) {
        printf("%u items\n", (unsigned)answer.num_items);
    }
}
