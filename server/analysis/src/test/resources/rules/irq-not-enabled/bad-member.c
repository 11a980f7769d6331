#include "mv_syscalls.h"

static struct MvNotification network_records[4];
static struct MvNotification channel_records[4];
static MvNotificationHandle network_centre;
static MvNotificationHandle channel_centre;

static inline void NVIC_EnableIRQ(int irq) {
    ((volatile uint32_t *)0xE000E100u)[irq >> 5] = 1u << (irq & 31);
}

/* Which interrupt is enabled stands in the structure. */
void start_network_centre(void) {
    static struct MvNotificationSetup setup = {
        .irq = 41,
        .buffer = network_records,
        .buffer_size = sizeof network_records};
    if (mvSetupNotifications(&setup, &network_centre) != MV_STATUS_OKAY) {
        for (;;) {
        }
    }
    NVIC_EnableIRQ(setup.irq);
}

void start_channel_centre(void) {
    const struct MvNotificationSetup setup = {
        .irq = 51, // expect: irq-not-enabled
        .buffer = channel_records,
        .buffer_size = sizeof channel_records};
    if (mvSetupNotifications(&setup, &channel_centre) != MV_STATUS_OKAY) {
        for (;;) {
        }
    }
}

int main(void) {
    start_network_centre();
    start_channel_centre();
    for (;;) {
    }
}

void TIM1_BRK_IRQHandler(void) {
}

void TIM8_BRK_IRQHandler(void) {
}
