#include "mv_syscalls.h"

#include <atomic>

namespace net {

class Link {
public:
    static Link &get() {
        static Link link;
        return link;
    }

    void onInterrupt() {
        readable_ = true;
        closed_.store(true);
        ticks_ = ticks_ + 1;
    }

    bool poll() {
        bool was = readable_;
        readable_ = false;
        return was || closed_.load();
    }

private:
    volatile bool readable_ = false;
    std::atomic<bool> closed_{false};
    unsigned ticks_ = 0;
};

} // namespace net

extern "C" void TIM3_IRQHandler() {
    net::Link::get().onInterrupt();
}

void run() {
    while (!net::Link::get().poll()) {
    }
}
