#include "mv_syscalls.h"

namespace net {

// The second buffer makes every object 512-byte aligned; the first one still lies 256 bytes in.
class Link {
public:
    bool open(MvNetworkHandle network, MvNotificationHandle centre);
    static Link &get() {
        static Link link;
        return link;
    }

private:
    MvChannelHandle handle_ = 0;
    alignas(256) uint8_t send_[512]; // expect: buffer-alignment
    alignas(512) uint8_t receive_[1024];
};

bool Link::open(MvNetworkHandle network, MvNotificationHandle centre) {
    MvOpenChannelParams params{};
    params.version = 1;
    params.v1.notification_handle = centre;
    params.v1.network_handle = network;
    params.v1.receive_buffer = receive_;
    params.v1.receive_buffer_len = sizeof receive_;
    params.v1.send_buffer = send_;
    params.v1.send_buffer_len = sizeof send_;
    params.v1.channel_type = MV_CHANNELTYPE_CONFIGFETCH;
    return mvOpenChannel(&params, &handle_) == MV_STATUS_OKAY;
}

// An object inside of another one.
class Log {
public:
    bool start() { return mvServerLoggingInit(buffer_, sizeof buffer_) == MV_STATUS_OKAY; }

private:
    uint8_t buffer_[4096]; // expect: buffer-alignment
};

class Application {
public:
    bool start() { return log_.start(); }

private:
    uint32_t starts_ = 0;
    Log log_;
};

} // namespace net

static net::Application application;

bool once(MvNetworkHandle network, MvNotificationHandle centre) {
    return application.start() && net::Link::get().open(network, centre);
}
