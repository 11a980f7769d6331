// silent: channel-leak, handle-use-after-close, invalid-handle-use, handle-zeroed-without-close, buffer-lifetime, send-buffer-write, uninit-out-param, channel-reuse
#include "mv_syscalls.h"

#include <utility>

namespace {
alignas(512) uint8_t rx[1024];
alignas(512) uint8_t tx[512];

class Base {
  public:
    Base() = default;
    Base(const Base &) = delete;
    Base &operator=(const Base &) = delete;

  protected:
    ~Base() { close(); }
    void close() {
        if (handle_ != 0) {
            (void)mvCloseChannel(&handle_);
            handle_ = 0;
        }
    }
    MvChannelHandle handle_ = 0;
};

// Closes in the destructor of its base.
class Derived : public Base {
  public:
    bool open(const MvOpenChannelParams &p) {
        return mvOpenChannel(&p, &handle_) == MV_STATUS_OKAY;
    }
    bool send(const MvHttpRequest &r) const {
        return mvSendHttpRequest(handle_, &r) == MV_STATUS_OKAY;
    }
};

// Has no destructor of its own: that of its member closes.
struct Session {
    Derived channel;
    int tries = 0;
    Session() : tries(1) {}
};

class Movable {
  public:
    Movable() = default;
    Movable(Movable &&other) noexcept : handle_(std::exchange(other.handle_, MvChannelHandle{})) {}
    ~Movable() {
        if (handle_ != 0) {
            (void)mvCloseChannel(&handle_);
        }
    }
    static Movable open(const MvOpenChannelParams &p) {
        Movable made;
        if (mvOpenChannel(&p, &made.handle_) != MV_STATUS_OKAY) {
            made.handle_ = 0;
        }
        return made;
    }
    explicit operator bool() const { return handle_ != 0; }
    MvChannelHandle get() const { return handle_; }

  private:
    MvChannelHandle handle_ = 0;
};

MvOpenChannelParams params(MvNotificationHandle centre, MvNetworkHandle network) {
    MvOpenChannelParams p{};
    p.version = 1;
    p.v1.notification_handle = centre;
    p.v1.network_handle = network;
    p.v1.receive_buffer = rx;
    p.v1.receive_buffer_len = sizeof(rx);
    p.v1.send_buffer = tx;
    p.v1.send_buffer_len = sizeof(tx);
    p.v1.channel_type = MV_CHANNELTYPE_HTTP;
    return p;
}
} // namespace

bool byBase(MvNotificationHandle centre, MvNetworkHandle network, const MvHttpRequest &request) {
    Derived channel;
    if (!channel.open(params(centre, network))) {
        return false;
    }
    return channel.send(request);
}

bool byMember(MvNotificationHandle centre, MvNetworkHandle network, const MvHttpRequest &request) {
    Session session;
    if (!session.channel.open(params(centre, network))) {
        return false;
    }
    return session.channel.send(request);
}

// Each round's owner ends with the round, however that ends.
bool inLoop(MvNotificationHandle centre, MvNetworkHandle network, const MvHttpRequest &request) {
    for (int i = 0; i < 3; ++i) {
        Derived channel;
        if (!channel.open(params(centre, network))) {
            continue;
        }
        if (!channel.send(request)) {
            break;
        }
        if (i > 1) {
            return true;
        }
    }
    return false;
}

// The object that is returned lives on, and its new owner closes.
bool moved(MvNotificationHandle centre, MvNetworkHandle network, const MvHttpRequest &request) {
    Movable channel = Movable::open(params(centre, network));
    if (!channel) {
        return false;
    }
    Movable taken(std::move(channel));
    return mvSendHttpRequest(taken.get(), &request) == MV_STATUS_OKAY;
}

// What is returned is read before the owner ends.
MvStatus answered(MvNotificationHandle centre, MvNetworkHandle network, MvHttpResponseData &data) {
    Derived *kept = nullptr;
    {
        static Derived channel;
        kept = &channel;
    }
    if (!kept->open(params(centre, network))) {
        return MV_STATUS_UNAVAILABLE;
    }
    Movable other = Movable::open(params(centre, network));
    return mvReadHttpResponseData(other.get(), &data);
}
