#include "mv_syscalls.h"
#include <cstdint>
#include <cstring>
#include <array>
#include <string_view>
using namespace std::literals;
static constexpr std::string_view kUrl = "https://example.com"sv;
static const MvHttpHeader none[1] = {};
bool send(MvChannelHandle c) {
  MvHttpRequest r{};
  r.method = {reinterpret_cast<const uint8_t *>("GET"), 3};
  r.url.data = reinterpret_cast<const uint8_t *>(kUrl.data()); r.url.length = kUrl.size();
  r.headers = none; r.timeout_ms = 20000;  // expect: timeout-range
  return mvSendHttpRequest(c, &r) == MV_STATUS_OKAY;
}
