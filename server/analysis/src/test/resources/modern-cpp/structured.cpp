#include "mv_syscalls.h"
#include <cstdint>
#include <cstring>
#include <array>
#include <utility>
static std::pair<MvStatus, uint32_t> read() { uint32_t v = 0; auto s = mvGetHClk(&v); return {s, v}; }
uint32_t use(MvChannelHandle h) {
  auto [status, hz] = read();
  if (status != MV_STATUS_OKAY) { return 0; }
  mvCloseChannel(&h);  // expect: unchecked-status
  return hz;
}
