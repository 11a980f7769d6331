#include "mv_syscalls.h"
#include <cstdint>
#include <cstring>
#include <array>
#include <type_traits>
template <bool Debug> static void log(const char *t) { if constexpr (Debug) { (void)mvServerLog(reinterpret_cast<const uint8_t *>(t), static_cast<uint16_t>(strlen(t))); } }
void go(MvChannelHandle h) { log<true>("x"); mvCloseChannel(&h); }  // expect: unchecked-status
static_assert(sizeof(uint32_t) == 4, "word");
template <typename... A> void all(A... a) { (void(a), ...); }
