#include <stdbool.h>
#include "mv_syscalls.h"

void say(const char *text);

/* Closed in both cases, and asked about its size in one of them. */
bool page_write(uint32_t page, const uint8_t *bytes) {
    MvExternalFlashHandle flash = 0;
    bool written = false;
    if (mvExternalFlashOpen(&flash) != MV_STATUS_OKAY) {
        return false;
    }
    enum MvStatus status = mvExternalFlashWriteBlocking(flash, page * 256, 256, bytes);
    if (status == MV_STATUS_OKAY) {
        written = true;
    }
    if (mvExternalFlashClose(&flash) != MV_STATUS_OKAY) {
        say("flash: close");
        written = false;
    }
    if (!written) {
        struct MvExternalFlashInfo info = {.version = 1};
        if (mvExternalFlashGetInfo(flash, &info) == MV_STATUS_OKAY) { // expect: handle-use-after-close
            say(info.v1.size > page * 256 ? "flash: broken" : "flash: too small");
        }
    }
    return written;
}

/* The closing depends on the answer, the reading does not. */
bool answer(MvChannelHandle channel, uint8_t *to, uint32_t room) {
    struct MvHttpResponseData head = {0};
    enum MvStatus status = mvReadHttpResponseData(channel, &head);
    if (status != MV_STATUS_OKAY || head.result != MV_HTTPRESULT_OK) {
        return false;
    }
    if (mvReadHttpResponseBody(channel, 0, to, room) != MV_STATUS_OKAY) {
        status = mvCloseChannel(&channel);
        if (status != MV_STATUS_OKAY) {
            say("close");
        }
    }
    return mvReadHttpResponseHeader(channel, 0, to, room) == MV_STATUS_OKAY; // expect: handle-use-after-close
}
