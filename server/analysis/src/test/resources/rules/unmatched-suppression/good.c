#include "mv_syscalls.h"

// NOLINTEND(bugprone-something): another tool's
// NOLINTBEGIN(readability-else-after-return)

// NOLINTBEGIN(microvisor-unchecked-status, bugprone-x)
// NOLINTBEGIN(microvisor-*)
void close_it(MvChannelHandle *channel) {
    mvCloseChannel(channel);
}
// NOLINTEND(microvisor-*)
// NOLINTEND(bugprone-x,microvisor-unchecked-status): in any order

// NOLINTBEGIN
void close_all(MvChannelHandle *channel) {
    mvCloseChannel(channel);
}
// NOLINTEND

const char *words = "NOLINTBEGIN(microvisor-unchecked-status)";
