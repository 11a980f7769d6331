#include "mv_syscalls.h"

/* Closes what is open, whatever comes of it, and forgets the handle. */
struct link {
    MvChannelHandle channel;
};

static void drop(struct link *link) {
    if (link->channel) {
        (void)mvCloseChannel(&link->channel);
        link->channel = 0;
    }
}

static MvChannelHandle handle_of(const struct link *link) {
    return link->channel;
}

enum MvStatus last_words(struct link *link, struct MvHttpResponseData *data) {
    drop(link);
    return mvReadHttpResponseData(handle_of(link), data); // expect: handle-use-after-close
}
