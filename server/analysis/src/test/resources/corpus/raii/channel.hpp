// Owners for what Microvisor gives: acquired in the constructor, given back in the destructor.
#pragma once

#include "mv_syscalls.h"

#include <cstddef>
#include <cstdint>

namespace cloud {

constexpr std::size_t kReceiveBytes = 3 * 512;
static const int kSendBytes = 512;

struct alignas(512) Buffers {
    std::uint8_t receive[kReceiveBytes];
    std::uint8_t send[kSendBytes];
};

class Network {
public:
    explicit Network(MvNotificationHandle centre);
    ~Network();
    Network(const Network &) = delete;
    Network &operator=(const Network &) = delete;
    bool waitUntilConnected(std::uint32_t timeoutMs) const;
    MvNetworkHandle handle() const { return handle_; }

private:
    MvNetworkHandle handle_ = nullptr;
};

class Channel {
public:
    Channel(const Network &network, MvNotificationHandle centre, Buffers &buffers);
    ~Channel();
    Channel(const Channel &) = delete;
    Channel &operator=(const Channel &) = delete;
    bool isOpen() const { return handle_ != nullptr; }
    bool get(const char *url);
    bool response(MvHttpResponseData &data) const;
    bool body(std::uint32_t offset, std::uint8_t *to, std::uint32_t size) const;

private:
    MvChannelHandle handle_ = nullptr;
};

}  // namespace cloud
