#include <cstdint>
#include "mv_syscalls.h"

void note(int what);

class Sender {
public:
    void again(const MvOpenChannelParams &params, const MvHttpRequest &request) {
        close();
        if (!open(params)) {
            return;
        }
        send(request);
        close();
    }

    void last(const MvHttpRequest &request) {
        send(request);
        close();
    }

    bool open(const MvOpenChannelParams &params) {
        return mvOpenChannel(&params, &channel_) == MV_STATUS_OKAY;
    }

    void close() {
        if (channel_ != 0) {
            const auto status = mvCloseChannel(&channel_);
            note(static_cast<int>(status));
        }
        channel_ = 0;
    }

    void send(const MvHttpRequest &request) {
        if (channel_ == 0) {
            return;
        }
        note(static_cast<int>(mvSendHttpRequest(channel_, &request)));
    }

    void shut_then_send(const MvHttpRequest &request) {
        close();
        send(request);
    }

private:
    MvChannelHandle channel_ = 0;
};

class Two {
public:
    void one_after_the_other(const MvHttpRequest &request) {
        first_.close();
        second_.send(request);
    }

    void either(bool which, const MvHttpRequest &request) {
        Sender &chosen = which ? first_ : second_;
        first_.close();
        chosen.send(request);
    }

private:
    Sender first_;
    Sender second_;
};

static Sender senders[2];
static Two two;

void of_others(unsigned closed, unsigned used, const MvHttpRequest &request) {
    senders[closed].close();
    senders[used].send(request);
}

void all(const MvOpenChannelParams &params, const MvHttpRequest &request) {
    senders[0].again(params, request);
    senders[0].last(request);
    senders[1].shut_then_send(request);
    two.one_after_the_other(request);
    two.either(true, request);
}
