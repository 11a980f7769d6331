#include "client.hpp"
#include "log.hpp"
#include "stm32u5xx_hal.h"

namespace {

using namespace tracker;

constexpr std::uint32_t kPeriodMs = 30'000;

MvNetworkHandle network = 0;

bool connect(MvNotificationHandle centre) {
    MvRequestNetworkParams params{
        .version = 1,
        .v1 = {.notification_handle = centre, .notification_tag = static_cast<std::uint32_t>(Tag::network)}};
    return mvRequestNetwork(&params, &network) == MV_STATUS_OKAY;
}

bool connected() {
    MvNetworkStatus status{};
    return mvGetNetworkStatus(network, &status) == MV_STATUS_OKAY && status == MV_NETWORKSTATUS_CONNECTED;
}

Fix locate() {
    static std::int32_t step = 0;
    step += 17;
    return {523'000'00 + step, 134'000'00 - step};
}

}  // namespace

int main() {
    HAL_Init();
    if (!Log::begin()) {
        return 1;
    }
    auto centre = Centre::open();
    if (!centre || !connect(centre.value())) {
        Log::write("cannot start");
        return 1;
    }
    for (int tries = 0; tries < 600 && !connected(); ++tries) {
        HAL_Delay(100);
    }
    static Client client(centre.value(), network);
    std::uint32_t due = HAL_GetTick();
    for (;;) {
        const std::uint32_t now = HAL_GetTick();
        client.poll(now);
        if (!client.busy() && static_cast<std::int32_t>(now - due) >= 0) {
            due = now + kPeriodMs;
            if (!client.start(locate(), now)) {
                Log::write("fix is lost");
            }
        }
        __WFI();
    }
}
