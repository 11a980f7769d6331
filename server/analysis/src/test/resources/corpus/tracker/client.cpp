#include "client.hpp"

#include <cstdio>
#include <cstring>

#include "log.hpp"

namespace tracker {
namespace {

constexpr std::string_view kUrl = "https://fleet.example.com/api/fixes";
constexpr std::string_view kType = "Content-Type: application/json";

const std::uint8_t *bytes(std::string_view text) {
    return reinterpret_cast<const std::uint8_t *>(text.data());
}

}  // namespace

MvStatus Client::send(const Fix &fix) {
    const int length = std::snprintf(
        body_.data(), body_.size(), "{\"lat\":%ld,\"lon\":%ld}", static_cast<long>(fix.latitude),
        static_cast<long>(fix.longitude));
    const MvHttpHeader headers[] = {{.length = kType.size(), .data = bytes(kType)}};
    const MvHttpRequest request{
        .method = {.data = bytes("POST"), .length = 4},
        .url = {.data = bytes(kUrl), .length = kUrl.size()},
        .num_headers = sizeof(headers) / sizeof(headers[0]),
        .headers = headers,
        .body = {.data = bytes(body_.data()), .length = static_cast<std::uint32_t>(length)},
        .timeout_ms = 10'000,
    };
    return mvSendHttpRequest(channel_.get(), &request);
}

bool Client::start(const Fix &fix, std::uint32_t now) {
    auto opened = Channel::open(centre_, network_);
    if (!opened) {
        return false;
    }
    channel_ = std::move(opened.value());
    (void)Centre::takeResponse();
    (void)Centre::takeLoss();
    if (const MvStatus status = send(fix); status != MV_STATUS_OKAY) {
        Log::format("send: %u", static_cast<unsigned>(status));
        channel_.close();
        return false;
    }
    since_ = now;
    busy_ = true;
    return true;
}

void Client::answer() {
    MvHttpResponseData data{};
    if (mvReadHttpResponseData(channel_.get(), &data) != MV_STATUS_OKAY || data.result != MV_HTTPRESULT_OK) {
        Log::write("no answer");
        return;
    }
    Log::format("status %lu", static_cast<unsigned long>(data.status_code));
    std::array<char, 257> text{};
    if (mvReadHttpResponseBody(channel_.get(), 0, reinterpret_cast<std::uint8_t *>(text.data()), text.size() - 1) ==
        MV_STATUS_OKAY) {
        Log::format("%s", text.data());
    }
}

void Client::poll(std::uint32_t now) {
    if (!busy_) {
        return;
    }
    if (Centre::takeResponse()) {
        answer();
    } else if (Centre::takeLoss()) {
        Log::write("channel lost");
    } else if (now - since_ < kAnswerMs) {
        return;
    }
    channel_.close();
    busy_ = false;
}

}  // namespace tracker
