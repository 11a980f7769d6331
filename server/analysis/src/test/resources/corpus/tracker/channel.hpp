#pragma once

#include <cstdint>
#include <string_view>

#include "centre.hpp"
#include "result.hpp"

namespace tracker {

/// The memory of a channel: as Microvisor wants it, by its type.
template <std::size_t Bytes>
struct alignas(512) Block {
    static_assert(Bytes % 512 == 0);
    std::uint8_t bytes[Bytes];
};

/// An open channel: closed when it goes out of scope.
class Channel {
public:
    Channel() = default;
    Channel(const Channel &) = delete;
    Channel &operator=(const Channel &) = delete;
    Channel(Channel &&other) noexcept : handle_(other.handle_) { other.handle_ = 0; }
    Channel &operator=(Channel &&other) noexcept {
        if (this != &other) {
            close();
            handle_ = other.handle_;
            other.handle_ = 0;
        }
        return *this;
    }
    ~Channel() { close(); }

    static Result<Channel> open(MvNotificationHandle centre, MvNetworkHandle network);

    MvChannelHandle get() const { return handle_; }
    void close();

private:
    explicit Channel(MvChannelHandle handle) : handle_(handle) {}
    MvChannelHandle handle_ = 0;
};

}  // namespace tracker
