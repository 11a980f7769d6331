#include <utility>
#include "mv_syscalls.h"

// The type that the request needs.
namespace {

class Channel {
public:
    Channel() = default;
    Channel(Channel &&other) noexcept : handle_(std::exchange(other.handle_, nullptr)) {}
    Channel(const Channel &) = delete;
    ~Channel() { close(); }

    static Channel open(MvOpenChannelParams &params);

    bool valid() const { return handle_ != 0; }
    MvChannelHandle get() const { return handle_; }

    void close() {
        if (handle_ != 0 && mvCloseChannel(&handle_) != MV_STATUS_OKAY) {
            handle_ = 0;
        }
    }

private:
    explicit Channel(MvChannelHandle handle) : handle_(handle) {}
    MvChannelHandle handle_ = 0;
};

Channel Channel::open(MvOpenChannelParams &params) {
    params.version = 1;
    params.v1.channel_type = MV_CHANNELTYPE_HTTP;
    MvChannelHandle handle = 0;
    return mvOpenChannel(&params, &handle) == MV_STATUS_OKAY ? Channel(handle) : Channel();
}

} // namespace

int main() {
    MvOpenChannelParams params{};
    const MvHttpRequest request{};
    Channel channel = Channel::open(params);
    return channel.valid() && mvSendHttpRequest(channel.get(), &request) == MV_STATUS_OKAY;
}
