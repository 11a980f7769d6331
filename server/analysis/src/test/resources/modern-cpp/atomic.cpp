#include "mv_syscalls.h"
#include <cstdint>
#include <cstring>
#include <array>
#include <atomic>
static std::atomic<bool> ready{false};
static volatile std::atomic<int> count{0};
extern "C" void TIM8_BRK_IRQHandler() { ready.store(true, std::memory_order_release); }
void poll(MvChannelHandle h) { if (ready.exchange(false)) { ++count; mvCloseChannel(&h); } }  // expect: unchecked-status
