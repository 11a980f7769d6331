#include "mv_syscalls.h"
#include <cstdint>
#include <cstring>
#include <array>
#include <new>
struct Link { MvChannelHandle handle = 0; explicit Link(uint32_t t) : tag(t) {} uint32_t tag; };
alignas(Link) static unsigned char storage[sizeof(Link)];
static Link *link;
void start() { link = new (storage) Link{7}; }
void stop() { mvCloseChannel(&link->handle); link->~Link(); }  // expect: unchecked-status
