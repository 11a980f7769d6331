#include "channel.hpp"

#include "stm32u5xx_hal.h"

#include <cstring>

extern "C" void TIM1_BRK_IRQHandler(void);

namespace {

constexpr std::uint32_t kRecords = 8;
cloud::Buffers buffers;
volatile MvNotification ring[kRecords] __attribute__((aligned(8)));
std::uint32_t position = 0;
volatile bool answered = false;
volatile bool closed = false;
MvNotificationHandle centre;
alignas(512) std::uint8_t logArea[1024];

void log(const char *text) {
    mvServerLog(reinterpret_cast<const std::uint8_t *>(text),
            static_cast<std::uint16_t>(std::strlen(text)));
}

bool startCentre() {
    MvNotificationSetup setup = {};
    setup.irq = TIM1_BRK_IRQn;
    setup.buffer = const_cast<MvNotification *>(ring);
    setup.buffer_size = sizeof ring;
    const auto status = mvSetupNotifications(&setup, &centre);
    if (status == MV_STATUS_OKAY) {
        NVIC_EnableIRQ(TIM1_BRK_IRQn);
        return true;
    }
    return false;
}

void fetch(cloud::Network &network) {
    cloud::Channel channel(network, centre, buffers);
    if (!channel.isOpen()) {
        log("no channel");
        return;
    }
    answered = false;
    closed = false;
    if (!channel.get("https://api.example/rules")) {
        log("refused");
        return;
    }
    const auto began = HAL_GetTick();
    while (!answered && !closed && HAL_GetTick() - began < 12000) {
        __WFI();
    }
    MvHttpResponseData data{};
    if (answered && channel.response(data) && data.result == MV_HTTPRESULT_OK) {
        std::uint8_t piece[65] = {0};
        const std::uint32_t size = data.body_length < 64 ? data.body_length : 64;
        if (channel.body(0, piece, size)) {
            log(reinterpret_cast<const char *>(piece));
        }
    }
}

}  // namespace

void TIM1_BRK_IRQHandler(void) {
    while (ring[position].event_type != MV_EVENTTYPE_NOEVENT) {
        volatile MvNotification &record = ring[position];
        if (record.event_type == MV_EVENTTYPE_CHANNELDATAREADABLE) {
            answered = true;
        } else if (record.event_type == MV_EVENTTYPE_CHANNELNOTCONNECTED) {
            closed = true;
        }
        record.event_type = MV_EVENTTYPE_NOEVENT;
        position = (position + 1) % kRecords;
    }
}

int main() {
    HAL_Init();
    if (mvServerLoggingInit(logArea, sizeof logArea) != MV_STATUS_OKAY || !startCentre()) {
        return 1;
    }
    cloud::Network network(centre);
    while (true) {
        if (network.waitUntilConnected(30000)) {
            fetch(network);
        }
        HAL_Delay(60000);
    }
}
