#include "centre.hpp"

#include "stm32u5xx_hal.h"

namespace tracker {

alignas(8) volatile MvNotification Centre::ring_[Centre::kRecords];
std::uint32_t Centre::next_ = 0;
volatile bool Centre::response_ = false;
volatile bool Centre::loss_ = false;

Result<MvNotificationHandle> Centre::open() {
    const MvNotificationSetup setup{
        .irq = TIM8_BRK_IRQn,
        .buffer = const_cast<MvNotification *>(ring_),
        .buffer_size = sizeof(ring_)};
    MvNotificationHandle handle = 0;
    if (auto status = mvSetupNotifications(&setup, &handle); status != MV_STATUS_OKAY) {
        return status;
    }
    NVIC_ClearPendingIRQ(TIM8_BRK_IRQn);
    NVIC_EnableIRQ(TIM8_BRK_IRQn);
    return handle;
}

bool Centre::takeResponse() {
    if (!response_) {
        return false;
    }
    response_ = false;
    return true;
}

bool Centre::takeLoss() {
    if (!loss_) {
        return false;
    }
    loss_ = false;
    return true;
}

void Centre::onInterrupt() {
    while (ring_[next_].event_type != MV_EVENTTYPE_NOEVENT) {
        volatile MvNotification &record = ring_[next_];
        switch (record.event_type) {
            case MV_EVENTTYPE_CHANNELDATAREADABLE:
                response_ = true;
                break;
            case MV_EVENTTYPE_CHANNELNOTCONNECTED:
                loss_ = true;
                break;
            default:
                break;
        }
        record.event_type = MV_EVENTTYPE_NOEVENT;
        next_ = (next_ + 1) % kRecords;
    }
}

}  // namespace tracker

extern "C" void TIM8_BRK_IRQHandler() {
    tracker::Centre::onInterrupt();
}
