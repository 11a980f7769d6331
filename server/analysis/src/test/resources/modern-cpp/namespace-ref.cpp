#include "mv_syscalls.h"
#include <cstdint>
#include <cstring>
#include <array>
namespace net::http { namespace { constexpr auto kTimeout = 12000u; }
static const MvHttpHeader none[1] = {};
MvStatus post(MvChannelHandle c, MvHttpRequest &r) { r.timeout_ms = kTimeout; r.headers = none; return mvSendHttpRequest(c, &r); }  // expect: timeout-range
}
bool go(MvChannelHandle c) { MvHttpRequest r{}; return net::http::post(c, r) == MV_STATUS_OKAY; }
