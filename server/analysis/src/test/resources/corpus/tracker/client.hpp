#pragma once

#include <array>
#include <string_view>

#include "channel.hpp"

namespace tracker {

struct Fix {
    std::int32_t latitude;
    std::int32_t longitude;
};

/// Posts fixes, one at a time.
class Client {
public:
    Client(MvNotificationHandle centre, MvNetworkHandle network) : centre_(centre), network_(network) {}

    bool busy() const { return busy_; }
    bool start(const Fix &fix, std::uint32_t now);
    void poll(std::uint32_t now);

private:
    static constexpr std::uint32_t kAnswerMs = 12000;

    MvStatus send(const Fix &fix);
    void answer();

    MvNotificationHandle centre_;
    MvNetworkHandle network_;
    Channel channel_;
    std::array<char, 96> body_{};
    std::uint32_t since_ = 0;
    bool busy_ = false;
};

}  // namespace tracker
