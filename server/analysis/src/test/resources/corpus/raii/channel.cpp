#include "channel.hpp"

#include "stm32u5xx_hal.h"

#include <cstring>

namespace cloud {

namespace {
MvSizedString sized(const char *text) {
    MvSizedString string;
    string.data = reinterpret_cast<const std::uint8_t *>(text);
    string.length = static_cast<std::uint32_t>(std::strlen(text));
    return string;
}
}  // namespace

Network::Network(MvNotificationHandle centre) {
    MvRequestNetworkParams params{};
    params.version = 1;
    params.v1.notification_handle = centre;
    params.v1.notification_tag = 1;
    if (mvRequestNetwork(&params, &handle_) != MV_STATUS_OKAY) {
        handle_ = nullptr;
    }
}

Network::~Network() {
    if (handle_ != nullptr) {
        (void)mvReleaseNetwork(&handle_);
    }
}

bool Network::waitUntilConnected(std::uint32_t timeoutMs) const {
    const auto began = HAL_GetTick();
    while (HAL_GetTick() - began < timeoutMs) {
        MvNetworkStatus status = MV_NETWORKSTATUS_DELIBERATELYOFFLINE;
        if (mvGetNetworkStatus(handle_, &status) == MV_STATUS_OKAY
                && status == MV_NETWORKSTATUS_CONNECTED) {
            return true;
        }
        HAL_Delay(100);
    }
    return false;
}

Channel::Channel(const Network &network, MvNotificationHandle centre, Buffers &buffers) {
    MvOpenChannelParams params{};
    params.version = 1;
    params.v1.notification_handle = centre;
    params.v1.notification_tag = 2;
    params.v1.network_handle = network.handle();
    params.v1.receive_buffer = buffers.receive;
    params.v1.receive_buffer_len = sizeof buffers.receive;
    params.v1.send_buffer = buffers.send;
    params.v1.send_buffer_len = sizeof buffers.send;
    params.v1.channel_type = MV_CHANNELTYPE_HTTP;
    params.v1.endpoint = sized("");
    if (mvOpenChannel(&params, &handle_) != MV_STATUS_OKAY) {
        handle_ = nullptr;
    }
}

Channel::~Channel() {
    if (handle_ != nullptr) {
        (void)mvCloseChannel(&handle_);
    }
}

bool Channel::get(const char *url) {
    MvHttpRequest request{};
    request.method = sized("GET");
    request.url = sized(url);
    request.num_headers = 0;
    request.headers = nullptr;
    request.timeout_ms = 8000;
    return mvSendHttpRequest(handle_, &request) == MV_STATUS_OKAY;
}

bool Channel::response(MvHttpResponseData &data) const {
    return mvReadHttpResponseData(handle_, &data) == MV_STATUS_OKAY;
}

bool Channel::body(std::uint32_t offset, std::uint8_t *to, std::uint32_t size) const {
    return mvReadHttpResponseBody(handle_, offset, to, size) == MV_STATUS_OKAY;
}

}  // namespace cloud
