// silent: channel-closure-unhandled, event-type-unchecked, notification-buffer-not-volatile, notification-clear-on-copy, notification-index-stuck, notification-not-cleared, notification-ring-not-walked, notification-single-drain
#include "mv_syscalls.h"

namespace net {

class Link {
public:
    static Link &get() {
        static Link link;
        return link;
    }
    bool start();
    bool open(MvOpenChannelParams &params);
    void onInterrupt();

private:
    bool take(volatile MvNotification &record);
    static constexpr uint32_t RECORDS = 8;
    volatile MvNotification ring_[RECORDS];
    volatile uint32_t next_ = 0;
    volatile bool readable_ = false;
    volatile bool lost_ = false;
    MvNotificationHandle centre_ = nullptr;
    MvChannelHandle channel_ = nullptr;
};

bool Link::start() {
    MvNotificationSetup setup{};
    setup.irq = 46;
    setup.buffer = const_cast<MvNotification *>(ring_);
    setup.buffer_size = sizeof ring_;
    return mvSetupNotifications(&setup, &centre_) == MV_STATUS_OKAY;
}

bool Link::open(MvOpenChannelParams &params) {
    params.version = 1;
    params.v1.notification_handle = centre_;
    return mvOpenChannel(&params, &channel_) == MV_STATUS_OKAY;
}

void Link::onInterrupt() {
    while (take(ring_[next_])) {
    }
}

bool Link::take(volatile MvNotification &record) {
    switch (record.event_type) {
        case MV_EVENTTYPE_NOEVENT:
            return false;
        case MV_EVENTTYPE_CHANNELDATAREADABLE:
            readable_ = true;
            break;
        case MV_EVENTTYPE_CHANNELNOTCONNECTED:
            lost_ = true;
            break;
        default:
            break;
    }
    record.event_type = MV_EVENTTYPE_NOEVENT;
    next_ = (next_ + 1) % RECORDS;
    return true;
}

} // namespace net

extern "C" void TIM3_IRQHandler() {
    net::Link::get().onInterrupt();
}

bool run(MvOpenChannelParams &params) {
    return net::Link::get().start() && net::Link::get().open(params);
}
