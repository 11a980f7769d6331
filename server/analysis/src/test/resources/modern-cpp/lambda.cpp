#include "mv_syscalls.h"
#include <cstdint>
#include <cstring>
#include <array>
static const MvHttpHeader none[1] = {};
template <typename F> static bool with(MvChannelHandle c, F &&f) { return f(c); }
bool go(MvChannelHandle c) {
  return with(c, [](MvChannelHandle h) {
    MvHttpRequest r{};
    r.headers = none;
    r.timeout_ms = 1000;  // expect: timeout-range
    return mvSendHttpRequest(h, &r) == MV_STATUS_OKAY;
  });
}
