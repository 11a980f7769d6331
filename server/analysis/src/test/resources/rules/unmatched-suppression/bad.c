#include "mv_syscalls.h"

/* NOLINTEND(microvisor-timeout-range) */ // expect: unmatched-suppression

/* NOLINTBEGIN(microvisor-unchecked-status) */ // expect: unmatched-suppression
void close_one(MvChannelHandle *channel) {
    mvCloseChannel(channel); // expect: unchecked-status
}
/* NOLINTEND */ // expect: unmatched-suppression

/* NOLINTBEGIN(microvisor-unchecked-status, microvisor-timeout-range) */ // expect: unmatched-suppression
void close_other(MvChannelHandle *channel) {
    mvCloseChannel(channel); // expect: unchecked-status
}
/* NOLINTEND(microvisor-unchecked-status) */ // expect: unmatched-suppression

/* NOLINTBEGIN */ // expect: unmatched-suppression
void close_last(MvChannelHandle *channel) {
    mvCloseChannel(channel); // expect: unchecked-status
}
