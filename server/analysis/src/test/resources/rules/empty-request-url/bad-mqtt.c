#include <string.h>
#include "mv_syscalls.h"

extern MvChannelHandle channel;
extern struct MvSizedString certificates[2];
extern const struct MvSizedString authorities[1];
static const char client[] = "device";

/* A certificate of its own without the key. */
enum MvStatus without_key(void) {
    struct MvTlsCredentials credentials = {
        .cacert = {.num_certs = 1, .certs = authorities},
        .clientcert = {.chain = {.num_certs = 1, .certs = certificates}},
    };
    const struct MvMqttConnectRequest request = {
        .protocol_version = MV_MQTTPROTOCOLVERSION_V5,
        .host = {(const uint8_t *)"broker.example.com", 18},
        .port = 8883,
        .clientid = {(const uint8_t *)client, 6},
        .authentication = {.method = MV_MQTTAUTHENTICATIONMETHOD_NONE},
        .tls_credentials = &credentials,
        .keepalive = 60,
        .clean_start = 1,
    };
    return mvMqttRequestConnect(channel, &request); // expect: empty-request-url
}
