#include <stdbool.h>
#include "mv_syscalls.h"

/* Opening closes again when something is wrong: what follows finds it open when it was right. */
struct store {
    MvExternalFlashHandle flash;
    uint32_t size;
};

void halt(void);

static bool open_store(struct store *store) {
    struct MvExternalFlashInfo info = {.version = 1};
    if (mvExternalFlashOpen(&store->flash) != MV_STATUS_OKAY) {
        return false;
    }
    if (mvExternalFlashGetInfo(store->flash, &info) != MV_STATUS_OKAY) {
        (void)mvExternalFlashClose(&store->flash);
        return false;
    }
    store->size = info.v1.size;
    return true;
}

static bool read_first(struct store *store, uint8_t *to) {
    return mvExternalFlashReadBlocking(store->flash, 0, 16, to) == MV_STATUS_OKAY;
}

bool start(struct store *store, uint8_t *to) {
    if (!open_store(store)) {
        halt();
    }
    return read_first(store, to);
}
