#include "mv_syscalls.h"
#include <cstdint>
#include <cstring>
#include <array>
#include <optional>
std::optional<uint32_t> clock() {
  uint32_t hz;
  if (mvGetHClk(&hz) != MV_STATUS_OKAY) { return std::nullopt; }
  return hz;
}
uint32_t bad() {
  uint32_t hz;
  auto s = mvGetHClk(&hz);  // expect: uninit-out-param
  (void)s;
  return hz;
}
