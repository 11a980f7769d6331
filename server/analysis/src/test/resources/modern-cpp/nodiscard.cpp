#include "mv_syscalls.h"
#include <cstdint>
#include <cstring>
#include <array>
[[nodiscard]] static bool ok(MvStatus s) noexcept { return s == MV_STATUS_OKAY; }
static bool release(MvNetworkHandle &h) { return ok(mvReleaseNetwork(&h)); }
static bool request(const MvRequestNetworkParams &p, MvNetworkHandle &h) { return ok(mvRequestNetwork(&p, &h)); }
static MvNetworkHandle net;
void go(MvNotificationHandle c) {
  MvRequestNetworkParams p{};
  p.version = 1; p.v1.notification_handle = c; p.v1.notification_tag = 1;
  request(p, net);  // expect: ignored-wrapper-result
  if (!release(net)) { net = 0; }
}
