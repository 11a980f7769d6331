#include "mv_syscalls.h"
#include <cstdint>
#include <cstring>
#include <array>
enum class State : uint8_t { Idle, Up };
static State state = State::Idle;
static MvNetworkHandle net;
void go(MvNotificationHandle c) {
  MvRequestNetworkParams p{};
  p.version = 1; p.v1.notification_handle = c; p.v1.notification_tag = 1;
  switch (state) { case State::Idle: mvRequestNetwork(&p, &net); state = State::Up; break; case State::Up: break; }  // expect: unchecked-status
}
void stop() { (void)mvReleaseNetwork(&net); }
