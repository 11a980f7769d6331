#include "mv_syscalls.h"

// A base keeps the timeout that the derived class chooses in its initialiser list.
class Request {
  protected:
    explicit Request(uint32_t timeout) : timeout_(timeout) {}
    MvHttpRequest make() const {
        static const uint8_t method[] = {'G', 'E', 'T'};
        static const uint8_t url[] = {'h', 't', 't', 'p', ':', '/', '/', 'a', '.', 'b', '/'};
        MvHttpRequest r{};
        r.method = {method, sizeof(method)};
        r.url = {url, sizeof(url)};
        r.timeout_ms = timeout_;
        return r;
    }
    uint32_t timeout_;
};

class Poll : public Request {
  public:
    Poll() : Request(15000) {}
    MvStatus send(MvChannelHandle channel) const {
        MvHttpRequest r{make()};
        return mvSendHttpRequest(channel, &r); // expect: timeout-range
    }
};

MvStatus poll(MvChannelHandle channel) {
    Poll poll;
    return poll.send(channel);
}
