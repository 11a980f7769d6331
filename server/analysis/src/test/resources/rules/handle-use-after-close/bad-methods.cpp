#include <cstdint>
#include "mv_syscalls.h"

void note(int what);

class Sender {
public:
    void shut(const MvHttpRequest &request) {
        close();
        note(static_cast<int>(mvSendHttpRequest(channel_, &request))); // expect: handle-use-after-close
    }

    void shut_then_send(const MvHttpRequest &request) {
        this->close();
        send(request); // expect: handle-use-after-close
    }

    void close() {
        const auto status = mvCloseChannel(&channel_);
        note(static_cast<int>(status));
    }

    void send(const MvHttpRequest &request) {
        note(static_cast<int>(mvSendHttpRequest(channel_, &request)));
    }

private:
    MvChannelHandle channel_ = 0;
};

class Device {
public:
    void stop(const MvHttpRequest &request) {
        sender_.close();
        sender_.send(request); // expect: handle-use-after-close
    }

private:
    Sender sender_;
};

static Sender sender;

void of_a_static(const MvHttpRequest &request) {
    sender.close();
    sender.send(request); // expect: handle-use-after-close
}

void by_reference(Sender &other, const MvHttpRequest &request) {
    other.close();
    other.send(request); // expect: handle-use-after-close
}

void by_pointer(Sender *other, const MvHttpRequest &request) {
    other->close();
    other->send(request); // expect: handle-use-after-close
}

class Base {
protected:
    void close() {
        const auto status = mvCloseChannel(&channel_);
        note(static_cast<int>(status));
    }

    MvChannelHandle channel_ = 0;
};

class Derived : public Base {
public:
    void finish(const MvHttpRequest &request) {
        close();
        note(static_cast<int>(mvSendHttpRequest(channel_, &request))); // expect: handle-use-after-close
    }
};

void finish(Derived &derived, Device &device, const MvHttpRequest &request) {
    derived.finish(request);
    device.stop(request);
}
