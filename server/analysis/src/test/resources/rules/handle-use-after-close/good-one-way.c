#include <stdbool.h>
#include "mv_syscalls.h"

void say(const char *text);
bool is_busy(void);
extern volatile bool lost;

static MvChannelHandle kept;
static bool in_use;

/* A closed handle is 0, and that is tested. */
bool page_write(uint32_t page, const uint8_t *bytes) {
    MvExternalFlashHandle flash = 0;
    if (mvExternalFlashOpen(&flash) != MV_STATUS_OKAY) {
        return false;
    }
    bool written = mvExternalFlashWriteBlocking(flash, page * 256, 256, bytes) == MV_STATUS_OKAY;
    if (!written && mvExternalFlashClose(&flash) != MV_STATUS_OKAY) {
        say("flash: close");
    }
    if (flash != 0) {
        struct MvExternalFlashInfo info = {.version = 1};
        if (mvExternalFlashGetInfo(flash, &info) == MV_STATUS_OKAY) {
            say("flash: there");
        }
        return mvExternalFlashClose(&flash) == MV_STATUS_OKAY && written;
    }
    return written;
}

/* A variable tells that it is closed. */
bool answer(MvChannelHandle channel, uint8_t *to, uint32_t room) {
    struct MvHttpResponseData head = {0};
    bool open = true;
    if (mvReadHttpResponseData(channel, &head) != MV_STATUS_OKAY || head.result != MV_HTTPRESULT_OK) {
        open = false;
        if (mvCloseChannel(&channel) != MV_STATUS_OKAY) {
            say("close");
        }
    }
    return open && mvReadHttpResponseBody(channel, 0, to, room) == MV_STATUS_OKAY;
}

/* Whether it is closed hangs on the same thing as its use, but that cannot be seen. */
void step(void) {
    if (lost) {
        if (mvCloseChannel(&kept) != MV_STATUS_OKAY) {
            say("close");
        }
    }
    if (!lost && is_busy()) {
        struct MvHttpResponseData head = {0};
        if (mvReadHttpResponseData(kept, &head) == MV_STATUS_OKAY && head.result == MV_HTTPRESULT_OK) {
            in_use = true;
        }
    }
}

/* Opened anew before it is used again. */
bool again(struct MvOpenChannelParams *params, const struct MvHttpRequest *request) {
    for (int i = 0; i < 3; i++) {
        if (kept == 0 && mvOpenChannel(params, &kept) != MV_STATUS_OKAY) {
            continue;
        }
        if (mvSendHttpRequest(kept, request) == MV_STATUS_OKAY) {
            return true;
        }
        if (mvCloseChannel(&kept) != MV_STATUS_OKAY) {
            say("close");
        }
    }
    return false;
}
