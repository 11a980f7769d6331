#include <array>
#include "mv_syscalls.h"

static std::array<MvNotification, 4> ring;
static MvNotificationHandle centre;
volatile bool update_ready;

extern "C" void TIM1_BRK_IRQHandler(void) {
    const auto record = ring[0]; // expect: notification-ring-not-walked
    if (record.event_type == MV_EVENTTYPE_UPDATEDOWNLOADED) {
        update_ready = true;
    }
}

MvStatus start() {
    MvNotificationSetup setup{};
    setup.irq = 41;
    setup.buffer = ring.data();
    setup.buffer_size = ring.size() * sizeof(MvNotification);
    return mvSetupNotifications(&setup, &centre);
}
