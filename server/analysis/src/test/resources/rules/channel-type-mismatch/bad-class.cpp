#include "mv_syscalls.h"

// Opened in one method and used in another one.
class Settings {
public:
    bool open(MvOpenChannelParams &params) {
        params.version = 1;
        params.v1.channel_type = MV_CHANNELTYPE_CONFIGFETCH;
        return mvOpenChannel(&params, &channel_) == MV_STATUS_OKAY;
    }

    bool ask(const MvHttpRequest &request) {
        return mvSendHttpRequest(channel_, &request) == MV_STATUS_OKAY; // expect: channel-type-mismatch
    }

    void close() { (void)mvCloseChannel(&channel_); }

private:
    MvChannelHandle channel_ = nullptr;
};

static Settings settings;

bool run(MvOpenChannelParams &params, const MvHttpRequest &request) {
    bool asked = settings.open(params) && settings.ask(request);
    settings.close();
    return asked;
}
