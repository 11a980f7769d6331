#include <stdlib.h>
#include "mv_syscalls.h"

extern void show(const char *text);

void body(MvChannelHandle channel) {
    struct MvHttpResponseData data;
    if (mvReadHttpResponseData(channel, &data) != MV_STATUS_OKAY || data.result != MV_HTTPRESULT_OK) return;
    char *text = malloc(data.body_length);
    if (text == NULL) return;
    if (mvReadHttpResponseBody(channel, 0, (uint8_t *)text, data.body_length) == MV_STATUS_OKAY) {
        text[data.body_length] = '\0'; // expect: config-value-overflow
        show(text);
    }
    free(text);
}
