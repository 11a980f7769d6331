#include <string.h>
#include "mv_syscalls.h"

extern MvChannelHandle channel;
extern struct MvSizedString certificates[2];
extern const struct MvSizedString authorities[1];
extern uint8_t key[2048];
extern uint32_t key_length;
static const char client[] = "device";

static enum MvStatus connect(const struct MvTlsCredentials *credentials) {
    const struct MvMqttConnectRequest request = {
        .protocol_version = MV_MQTTPROTOCOLVERSION_V5,
        .host = {(const uint8_t *)"broker.example.com", 18},
        .port = 8883,
        .clientid = {(const uint8_t *)client, 6},
        .authentication = {.method = MV_MQTTAUTHENTICATIONMETHOD_NONE},
        .tls_credentials = credentials,
        .keepalive = 60,
        .clean_start = 1,
    };
    return mvMqttRequestConnect(channel, &request);
}

/* The broker asks for no certificate: there is no key either. */
enum MvStatus without_certificate(void) {
    const struct MvTlsCredentials credentials = {
        .cacert = {.num_certs = 1, .certs = authorities},
        .clientcert = {.chain = {.num_certs = 0, .certs = NULL}, .key = {NULL, 0}},
    };
    return connect(&credentials);
}

enum MvStatus with_key(void) {
    const struct MvTlsCredentials credentials = {
        .cacert = {.num_certs = 1, .certs = authorities},
        .clientcert = {
            .chain = {.num_certs = 2, .certs = certificates},
            .key = {.data = key, .length = key_length},
        },
    };
    return connect(&credentials);
}

enum MvStatus without_tls(void) {
    return connect(NULL);
}
