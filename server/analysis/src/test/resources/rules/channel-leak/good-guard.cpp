#include "mv_syscalls.h"

/** Closes what it was given when it goes. */
class Guard {
public:
    explicit Guard(MvChannelHandle handle) : handle_(handle) {}
    ~Guard() {
        if (handle_ != 0) {
            (void)mvCloseChannel(&handle_);
        }
    }
    MvChannelHandle get() const {
        return handle_;
    }

private:
    MvChannelHandle handle_;
};

bool exchange(const MvOpenChannelParams &params, const MvHttpRequest &request) {
    MvChannelHandle channel = 0;
    if (mvOpenChannel(&params, &channel) != MV_STATUS_OKAY) {
        return false;
    }
    Guard guard{channel};
    return mvSendHttpRequest(guard.get(), &request) == MV_STATUS_OKAY;
}
