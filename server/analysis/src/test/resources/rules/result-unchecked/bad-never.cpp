#include <optional>
#include "mv_syscalls.h"

class Session {
public:
    explicit Session(MvChannelHandle channel) : channel_(channel) {}

    bool connected() {
        MvMqttConnectResponse answer{};
        if (const auto status = mvMqttReadConnectResponse(channel_, &answer); // expect: result-unchecked
            status != MV_STATUS_OKAY) {
            return false;
        }
        connected_ = true;
        return true;
    }

    bool up() const { return connected_; }

private:
    MvChannelHandle channel_;
    bool connected_ = false;
};

bool run(MvChannelHandle channel) {
    Session session(channel);
    return session.connected() && session.up();
}
