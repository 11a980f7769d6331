#include "mv_syscalls.h"

// One class for channels of every type: what it opens depends on the object.
class Channel {
public:
    explicit Channel(MvChannelType type) : type_(type) {}

    bool open(MvOpenChannelParams &params) {
        params.version = 1;
        params.v1.channel_type = type_;
        return mvOpenChannel(&params, &channel_) == MV_STATUS_OKAY;
    }

    bool ask(const MvHttpRequest &request) {
        return mvSendHttpRequest(channel_, &request) == MV_STATUS_OKAY;
    }

    bool fetch(const MvConfigKeyFetchParams &keys) {
        return mvSendConfigFetchRequest(channel_, &keys) == MV_STATUS_OKAY;
    }

    void close() { (void)mvCloseChannel(&channel_); }

private:
    MvChannelType type_;
    MvChannelHandle channel_ = nullptr;
};

static Channel web(MV_CHANNELTYPE_HTTP);
static Channel settings(MV_CHANNELTYPE_CONFIGFETCH);

bool run(MvOpenChannelParams &params, const MvHttpRequest &request,
         const MvConfigKeyFetchParams &keys) {
    bool asked = web.open(params) && web.ask(request);
    web.close();
    bool fetched = settings.open(params) && settings.fetch(keys);
    settings.close();
    return asked && fetched;
}
