// silent: notification-buffer-size, size-in-elements-not-bytes, notification-index-bound
// How many records the ring has is for those to say who use the template.
#include <array>
#include <cstddef>
#include <cstdint>
extern "C" {
#include "mv_syscalls.h"
}

template <std::size_t N> class Centre {
public:
    MvStatus begin(uint32_t irq)
    {
        MvNotificationSetup setup{};
        setup.irq = irq;
        setup.buffer = const_cast<MvNotification *>(ring_.data());
        setup.buffer_size = sizeof ring_;
        return mvSetupNotifications(&setup, &handle_);
    }

private:
    alignas(8) std::array<MvNotification, N> ring_{};
    MvNotificationHandle handle_{0};
};

Centre<8> centre;

bool start(uint32_t irq)
{
    return centre.begin(irq) == MV_STATUS_OKAY;
}
