#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include "mv_syscalls.h"

static MvChannelHandle channel = 0;
static MvChannelHandle other = 0;
static MvChannelHandle third = 0;
static MvChannelHandle fourth = 0;

extern bool describe(struct MvOpenChannelParams *params);

/* Whatever happens, the variable is 0 afterwards. */
void close_channel(void) {
    if (channel != 0) {
        enum MvStatus status = mvCloseChannel(&channel);
        if (status != MV_STATUS_OKAY && status != MV_STATUS_CHANNELCLOSED) {
            printf("could not close: %d\n", (int)status);
            channel = 0;
        }
    }
}

void open_channel(void) {
    struct MvOpenChannelParams params;
    if (channel == 0 && describe(&params) && mvOpenChannel(&params, &channel) != MV_STATUS_OKAY) {
        puts("no channel");
    }
}

/* A program that ends has no next time. */
void close_other(void) {
    if (mvCloseChannel(&other) > MV_STATUS_OKAY && other != 0) {
        abort();
    }
}

void open_other(void) {
    struct MvOpenChannelParams params;
    if (other == 0 && describe(&params) && mvOpenChannel(&params, &other) != MV_STATUS_OKAY) {
        puts("no channel");
    }
}

/* Opened anew whatever the variable holds. */
void close_third(void) {
    enum MvStatus status = mvCloseChannel(&third);
    if (status != MV_STATUS_OKAY) {
        printf("could not close: %d\n", (int)status);
    }
}

void open_third(void) {
    struct MvOpenChannelParams params;
    if (describe(&params) && mvOpenChannel(&params, &third) != MV_STATUS_OKAY) {
        puts("no channel");
    }
}

/* The status says how the close went, and the caller has the last word. */
enum MvStatus close_fourth(void) {
    return mvCloseChannel(&fourth);
}

void shut_down(void) {
    if (close_fourth() != MV_STATUS_OKAY) {
        fourth = 0;
    }
}

void open_fourth(void) {
    struct MvOpenChannelParams params;
    if (fourth == 0 && describe(&params) && mvOpenChannel(&params, &fourth) != MV_STATUS_OKAY) {
        puts("no channel");
    }
}
