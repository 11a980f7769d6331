#include "mv_syscalls.h"
#include <cstdint>
#include <cstring>
#include <array>
#include <span>
static MvChannelHandle channel;
void send(std::span<const uint8_t> bytes) {
  MvHttpRequest r{};
  r.timeout_ms = 6000;
  r.body.data = bytes.data(); r.body.length = bytes.size();
  mvSendHttpRequest(channel, &r);  // expect: unchecked-status
}
