extern "C" {
#include "mv_syscalls.h"
}

namespace {

const uint8_t *bytes(const char *text) {
    return reinterpret_cast<const uint8_t *>(text);
}

MvConfigKeyFetchParams twoKeys(const MvConfigKeyToFetch *keys) {
    return {.num_items = 2, .keys_to_fetch = keys};
}

}  // namespace

MvStatus request(MvChannelHandle channel) {
    const MvHttpHeader headers[]{{.length = 9, .data = bytes("Accept: *")}};
    const MvHttpRequest request{
        .method = {.data = bytes("GET"), .length = 3},
        .url{.data = bytes("https://example.com"), .length = 19},
        .num_headers = 2,  // expect: headers-count-mismatch
        .headers = headers,
        .body = {},
        .timeout_ms = 10'000,
    };
    return mvSendHttpRequest(channel, &request);
}

MvStatus fetch(MvChannelHandle channel) {
    const MvConfigKeyToFetch keys[]{
        {.scope = MV_CONFIGKEYFETCHSCOPE_DEVICE,
         .store = MV_CONFIGKEYFETCHSTORE_CONFIG,
         .key = {.data = bytes("url"), .length = 3}}};
    const MvConfigKeyFetchParams params = twoKeys(keys);
    return mvSendConfigFetchRequest(channel, &params);  // expect: headers-count-mismatch
}
