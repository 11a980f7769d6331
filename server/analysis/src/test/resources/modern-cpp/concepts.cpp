/* A concept for whatever has a close(), and a wrapper that takes any such thing. */
#include "mv_syscalls.h"

template <class A, class B>
concept SameAs = __is_same(A, B);

template <typename T>
concept Closable = requires(T t, MvChannelHandle h) {
    t.close();
    { t.get() } -> SameAs<MvChannelHandle>;
} && (sizeof(T) <= 16);

namespace net {
template <typename T, int N>
concept Small = sizeof(T) < N;
}

class Channel {
public:
    void close() {
        (void)mvCloseChannel(&handle);
    }
    MvChannelHandle get() const { return handle; }

private:
    MvChannelHandle handle = 0;
};

template <Closable T>
void shut(T &t) {
    t.close();
}

template <Closable T, net::Small<64> U>
    requires Closable<U> && (sizeof(U) > 1)
void shut_both(T &t, U &u) {
    t.close();
    u.close();
}

template <class T>
int count(T &t) requires(sizeof(T) > 1) || requires { t.close(); } {
    if constexpr (requires { t.size(); }) {
        return 2;
    }
    return Closable<T> ? 1 : 0;
}

Closable auto &keep(Closable auto &one, const net::Small<32> auto &) { return one; }

static Channel channel;
void stop() {
    shut(channel);
    keep(channel, 1);
    (void)count(channel);
    MvChannelHandle last = channel.get();
    mvCloseChannel(&last); // expect: unchecked-status
}
