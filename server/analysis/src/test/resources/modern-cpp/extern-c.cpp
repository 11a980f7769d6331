#include "mv_syscalls.h"
#include <cstdint>
#include <cstring>
#include <array>
alignas(16) static volatile MvNotification ring[1];
static MvNotificationHandle centre;
extern "C" void TIM8_BRK_IRQHandler(void);
extern "C" void TIM8_BRK_IRQHandler(void) { }
static inline bool setup() {
  static MvNotificationSetup s{};
  s.irq = TIM8_BRK_IRQn; s.buffer = const_cast<MvNotification *>(ring); s.buffer_size = 20;  // expect: notification-buffer-size
  return mvSetupNotifications(&s, &centre) == MV_STATUS_OKAY;
}
int main() { return setup() ? 0 : 1; }
