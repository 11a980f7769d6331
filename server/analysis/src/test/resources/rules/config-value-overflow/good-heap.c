#include <stdlib.h>
#include "mv_syscalls.h"

extern void show(const char *text);

// One byte more than the body has.
void body(MvChannelHandle channel) {
    struct MvHttpResponseData data;
    if (mvReadHttpResponseData(channel, &data) != MV_STATUS_OKAY || data.result != MV_HTTPRESULT_OK) return;
    char *text = malloc(data.body_length + 1);
    if (text == NULL) return;
    if (mvReadHttpResponseBody(channel, 0, (uint8_t *)text, data.body_length) == MV_STATUS_OKAY) {
        text[data.body_length] = '\0';
        show(text);
    }
    free(text);
}

// The last byte is kept for the NUL.
void smaller(MvChannelHandle channel, uint32_t room) {
    char *text = malloc(room);
    if (text == NULL) return;
    room--;
    if (mvReadHttpResponseBody(channel, 0, (uint8_t *)text, room) == MV_STATUS_OKAY) {
        text[room] = '\0';
        show(text);
    }
    free(text);
}
