#include <array>
#include <cstdint>
#include "mv_syscalls.h"

class Answer {
public:
    bool take(MvChannelHandle channel) {
        MvHttpResponseData head{};
        if (mvReadHttpResponseData(channel, &head) != MV_STATUS_OKAY || head.result != MV_HTTPRESULT_OK) {
            return false;
        }
        const std::uint32_t fits = head.body_length < 127 ? head.body_length : 127;
        if (mvReadHttpResponseBody(channel, 0, text_, fits) != MV_STATUS_OKAY) {
            return false;
        }
        text_[fits] = 0;
        return true;
    }

private:
    std::uint8_t text_[128];
};

static Answer answer;

bool take(MvChannelHandle channel) {
    return answer.take(channel);
}
