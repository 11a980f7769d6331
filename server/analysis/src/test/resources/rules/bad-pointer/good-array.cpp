#include <array>
#include <string_view>
#include "mv_syscalls.h"

static MvSizedString sized(std::string_view text) {
    return {reinterpret_cast<const uint8_t *>(text.data()), static_cast<uint32_t>(text.size())};
}

/* std::array may be written with one pair of braces or two; a list may make an object. */
bool request(MvChannelHandle channel, const char *body, size_t length) {
    const std::array<MvHttpHeader, 1> headers{{{12, reinterpret_cast<const uint8_t *>("Accept: text")}}};
    MvHttpRequest rq{};
    rq.method = sized("POST");
    rq.url = sized("https://example.com/");
    rq.num_headers = headers.size();
    rq.headers = headers.data();
    rq.body = sized({body, length});
    rq.timeout_ms = 10000;
    return mvSendHttpRequest(channel, &rq) == MV_STATUS_OKAY;
}
