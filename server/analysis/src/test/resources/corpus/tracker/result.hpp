// A status or a value, and no way to take the one for the other.
#pragma once

#include <cstdint>
#include <utility>

extern "C" {
#include "mv_syscalls.h"
}

namespace tracker {

template <typename T>
class [[nodiscard]] Result {
public:
    Result(T value) : value_(std::move(value)), status_(MV_STATUS_OKAY) {}
    Result(MvStatus status) : value_{}, status_(status) {}

    explicit operator bool() const { return status_ == MV_STATUS_OKAY; }
    MvStatus status() const { return status_; }
    T &value() { return value_; }

private:
    T value_;
    MvStatus status_;
};

}  // namespace tracker
