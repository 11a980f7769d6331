#include "mv_syscalls.h"

namespace net {

class Link {
public:
    static Link &get() {
        static Link link;
        return link;
    }

    void onInterrupt() {
        readable_ = true;
        count_++;
        this->closed = true;
    }

    bool poll() {
        bool was = readable_;
        readable_ = false;
        return was || closed;
    }

    unsigned count() const { return count_; }

private:
    bool readable_ = false; // expect: isr-flag-not-volatile
    static unsigned count_;
    bool closed = false; // expect: isr-flag-not-volatile
};

unsigned Link::count_ = 0; // expect: isr-flag-not-volatile

} // namespace net

extern "C" void TIM3_IRQHandler() {
    net::Link::get().onInterrupt();
}

unsigned run() {
    while (!net::Link::get().poll()) {
    }
    return net::Link::get().count();
}
