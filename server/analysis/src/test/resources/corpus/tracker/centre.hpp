#pragma once

#include <array>
#include <cstdint>

#include "result.hpp"

namespace tracker {

enum class Tag : std::uint32_t { network = 1, http = 2 };

/// The one notification centre of the application; the handler of its interrupt is in centre.cpp.
class Centre {
public:
    static Result<MvNotificationHandle> open();
    static bool takeResponse();
    static bool takeLoss();
    static void onInterrupt();

private:
    static constexpr std::uint32_t kRecords = 16;
    static volatile MvNotification ring_[kRecords];
    static std::uint32_t next_;
    static volatile bool response_;
    static volatile bool loss_;
};

}  // namespace tracker
