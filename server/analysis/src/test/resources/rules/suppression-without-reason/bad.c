#include "mv_syscalls.h"

void close_it(MvChannelHandle *channel) {
    mvCloseChannel(channel); /* microvisor: allow(unchecked-status) */ // expect: suppression-without-reason
}
