/*
 * telemetry: fetches its settings, connects to an MQTT broker with a password or with a certificate,
 * publishes, does what the topic of commands says, and connects again when the broker goes away. For
 * the tests of run, which write the cloud file.
 */
#include "clock.h"
#include "freestanding.h"
#include "interrupts.h"
#include "log.h"
#include "network.h"

#define RECORDS 8u
#define TAG_NETWORK 1u
#define TAG_CONFIG 2u
#define TAG_MQTT 3u
#define PERIOD_MS 200u
#define ANSWER_MS 15000u
#define PAUSE_MS 500u

enum setting { USER, PASSWORD, AUTHORITY, CERTIFICATE, KEY, SETTINGS };

static uint8_t receive_buffer[8192] __attribute__((aligned(512)));
static uint8_t send_buffer[4096] __attribute__((aligned(512)));
static struct MvNotification ring[RECORDS] __attribute__((aligned(8)));
static uint32_t next_record;
static MvNotificationHandle centre;
static volatile bool network_changed;
static volatile bool config_settled;
static volatile bool mqtt_readable;
static volatile bool mqtt_lost;

static uint8_t values[SETTINGS][4096];
static uint32_t lengths[SETTINGS];
static MvChannelHandle channel;
static bool subscribed;
static bool stopped;
static uint32_t published;

static struct MvSizedString sized(const char *text) {
    return (struct MvSizedString){.data = (const uint8_t *)text, .length = strlen(text)};
}

static struct MvSizedString setting(enum setting which) {
    return (struct MvSizedString){.data = values[which], .length = lengths[which]};
}

void TIM8_BRK_IRQHandler(void) {
    while (ring[next_record].event_type != MV_EVENTTYPE_NOEVENT) {
        const struct MvNotification record = ring[next_record];
        ring[next_record].event_type = MV_EVENTTYPE_NOEVENT;
        next_record = (next_record + 1u) % RECORDS;
        if (record.tag == TAG_NETWORK) {
            network_changed = true;
        } else if (record.tag == TAG_CONFIG) {
            config_settled = true;
        } else if (record.event_type == MV_EVENTTYPE_CHANNELDATAREADABLE) {
            mqtt_readable = true;
        } else if (record.event_type == MV_EVENTTYPE_CHANNELNOTCONNECTED) {
            mqtt_lost = true;
        }
    }
}

static bool open_channel(enum MvChannelType type, uint32_t tag) {
    const struct MvOpenChannelParams params = {
        .version = 1,
        .v1 = {
            .notification_handle = centre,
            .notification_tag = tag,
            .network_handle = network_handle(),
            .receive_buffer = receive_buffer,
            .receive_buffer_len = sizeof receive_buffer,
            .send_buffer = send_buffer,
            .send_buffer_len = sizeof send_buffer,
            .channel_type = type,
            .endpoint = {.data = (const uint8_t *)"", .length = 0},
        },
    };
    return mvOpenChannel(&params, &channel) == MV_STATUS_OKAY;
}

static uint8_t digit(uint8_t hex) {
    return (uint8_t)(hex <= '9' ? hex - '0' : hex - 'a' + 10);
}

/** Certificates and keys are stored as hexadecimal digits. */
static void from_hex(enum setting which) {
    lengths[which] /= 2;
    for (uint32_t i = 0; i < lengths[which]; i++) {
        values[which][i] = (uint8_t)(digit(values[which][2 * i]) << 4 | digit(values[which][2 * i + 1]));
    }
}

static bool fetch_settings(void) {
    static const char *const keys[SETTINGS] = {"user", "password", "authority", "certificate", "key"};
    struct MvConfigKeyToFetch wanted[SETTINGS];
    for (int i = 0; i < SETTINGS; i++) {
        wanted[i].scope = MV_CONFIGKEYFETCHSCOPE_DEVICE;
        wanted[i].store = i == PASSWORD || i == KEY ? MV_CONFIGKEYFETCHSTORE_SECRET : MV_CONFIGKEYFETCHSTORE_CONFIG;
        wanted[i].key = sized(keys[i]);
    }
    const struct MvConfigKeyFetchParams request = {.num_items = SETTINGS, .keys_to_fetch = wanted};
    config_settled = false;
    struct MvConfigResponseData answer;
    bool good = open_channel(MV_CHANNELTYPE_CONFIGFETCH, TAG_CONFIG)
            && mvSendConfigFetchRequest(channel, &request) == MV_STATUS_OKAY
            && clock_wait_for(&config_settled, ANSWER_MS)
            && mvReadConfigFetchResponseData(channel, &answer) == MV_STATUS_OKAY
            && answer.result == MV_CONFIGFETCHRESULT_OK;
    for (uint32_t i = 0; good && i < SETTINGS; i++) {
        enum MvConfigKeyFetchResult result;
        const struct MvConfigResponseReadItemParams item = {
            .item_index = i,
            .result = &result,
            .buf = {.data = values[i], .size = sizeof values[i], .length = &lengths[i]},
        };
        good = mvReadConfigResponseItem(channel, &item) == MV_STATUS_OKAY;
        if (result != MV_CONFIGKEYFETCHRESULT_OK) {
            lengths[i] = 0;
        }
    }
    mvCloseChannel(&channel);
    from_hex(AUTHORITY);
    from_hex(CERTIFICATE);
    from_hex(KEY);
    return good;
}

static bool request_connect(void) {
    const struct MvSizedString authority = setting(AUTHORITY);
    const struct MvSizedString certificate = setting(CERTIFICATE);
    const struct MvTlsCredentials credentials = {
        .cacert = {.num_certs = 1, .certs = &authority},
        .clientcert = {
            .chain = {.num_certs = lengths[CERTIFICATE] == 0 ? 0 : 1, .certs = &certificate},
            .key = setting(KEY),
        },
    };
    const struct MvMqttConnectRequest request = {
        .protocol_version = MV_MQTTPROTOCOLVERSION_V5,
        .host = sized("broker.example"),
        .port = 8883,
        .clientid = sized("telemetry"),
        .authentication = {
            .method = lengths[USER] == 0 ? MV_MQTTAUTHENTICATIONMETHOD_NONE
                                         : MV_MQTTAUTHENTICATIONMETHOD_USERNAMEPASSWORD,
            .username_password = {.username = setting(USER), .password = setting(PASSWORD)},
        },
        .tls_credentials = &credentials,
        .keepalive = 60,
        .clean_start = 1,
        .will = NULL,
    };
    return mvMqttRequestConnect(channel, &request) == MV_STATUS_OKAY;
}

static void publish(const char *topic, struct MvSizedString payload) {
    const struct MvMqttPublishRequest request = {
        .correlation_id = ++published,
        .topic = sized(topic),
        .payload = payload,
        .desired_qos = 1,
        .retain = 0,
    };
    mvMqttRequestPublish(channel, &request);
}

static bool connected(void) {
    struct MvMqttConnectResponse answer;
    if (mvMqttReadConnectResponse(channel, &answer) != MV_STATUS_OKAY) {
        return false;
    }
    log_line("connected: state %u, reason %u", (unsigned)answer.request_state, (unsigned)answer.reason_code);
    const struct MvMqttSubscription topic = {.topic = sized("telemetry/commands"), .desired_qos = 1};
    const struct MvMqttSubscribeRequest request = {
        .correlation_id = 1, .subscriptions = &topic, .num_subscriptions = 1};
    return answer.request_state == MV_MQTTREQUESTSTATE_REQUESTCOMPLETED && answer.reason_code == 0
            && mvMqttRequestSubscribe(channel, &request) == MV_STATUS_OKAY;
}

static bool subscription_made(void) {
    enum MvMqttRequestState state;
    uint32_t id;
    uint32_t code;
    uint32_t count;
    const struct MvMqttSubscribeResponse answer = {
        .request_state = &state,
        .correlation_id = &id,
        .reason_codes = &code,
        .reason_codes_size = sizeof code,
        .reason_codes_len = &count,
    };
    subscribed = mvMqttReadSubscribeResponse(channel, &answer) == MV_STATUS_OKAY && code <= 2;
    log_line("subscribed: state %u, code %u", (unsigned)state, (unsigned)code);
    return subscribed;
}

static void receive(void) {
    uint32_t id;
    uint8_t topic[64];
    uint32_t topic_length;
    uint8_t payload[128];
    uint32_t length;
    uint32_t qos;
    uint8_t retain;
    const struct MvMqttMessage message = {
        .correlation_id = &id,
        .topic = {.data = topic, .size = sizeof topic, .length = &topic_length},
        .payload = {.data = payload, .size = sizeof payload - 1, .length = &length},
        .qos = &qos,
        .retain = &retain,
    };
    if (mvMqttReceiveMessage(channel, &message) != MV_STATUS_OKAY) {
        return;
    }
    payload[length] = '\0';
    log_line("command: %s", (const char *)payload);
    if (qos > 0) {
        mvMqttAcknowledgeMessage(channel, id);
    }
    if (length == 4 && memcmp(payload, "stop", 4) == 0) {
        stopped = true;
        mvMqttRequestDisconnect(channel);
    } else {
        publish("telemetry/done", (struct MvSizedString){.data = payload, .length = length});
    }
}

/** Takes all there is; false when the session is over. */
static bool take_answers(void) {
    enum MvMqttReadableDataType type;
    while (mvMqttGetNextReadableDataType(channel, &type) == MV_STATUS_OKAY) {
        struct MvMqttPublishResponse publication;
        struct MvMqttDisconnectResponse end;
        switch (type) {
            case MV_MQTTREADABLEDATATYPE_NONE:
                return true;
            case MV_MQTTREADABLEDATATYPE_CONNECTRESPONSE:
                if (!connected()) {
                    return false;
                }
                break;
            case MV_MQTTREADABLEDATATYPE_SUBSCRIBERESPONSE:
                if (!subscription_made()) {
                    return false;
                }
                break;
            case MV_MQTTREADABLEDATATYPE_PUBLISHRESPONSE:
                mvMqttReadPublishResponse(channel, &publication);
                break;
            case MV_MQTTREADABLEDATATYPE_MESSAGERECEIVED:
                receive();
                break;
            case MV_MQTTREADABLEDATATYPE_DISCONNECTRESPONSE:
                mvMqttReadDisconnectResponse(channel, &end);
                log_line("disconnected: state %u", (unsigned)end.request_state);
                return false;
            default:
                return false;
        }
    }
    return false;
}

static void session(void) {
    mqtt_readable = false;
    mqtt_lost = false;
    subscribed = false;
    bool up = open_channel(MV_CHANNELTYPE_MQTT, TAG_MQTT) && request_connect();
    uint32_t last = clock_ms();
    while (up && !mqtt_lost) {
        if (clock_wait_for(&mqtt_readable, PERIOD_MS)) {
            mqtt_readable = false;
            up = take_answers();
        }
        if (up && subscribed && !stopped && clock_ms() - last >= PERIOD_MS) {
            last = clock_ms();
            publish("telemetry/values", sized("{\"celsius\":21.5}"));
        }
    }
    if (mqtt_lost) {
        log_line("channel lost");
    }
    mvCloseChannel(&channel);
}

int main(void) {
    log_start();
    clock_start();
    const struct MvNotificationSetup setup = {.irq = TIM8_BRK_IRQn, .buffer = ring, .buffer_size = sizeof ring};
    mvSetupNotifications(&setup, &centre);
    nvic_enable(TIM8_BRK_IRQn);
    const struct network_listener listener = {.centre = centre, .tag = TAG_NETWORK, .changed = &network_changed};
    if (!network_connect(&listener, ANSWER_MS) || !fetch_settings()) {
        log_line("no network or no settings");
        stopped = true;
    }
    while (!stopped) {
        session();
        clock_pause(PAUSE_MS);
    }
    log_line("end");
    clock_stop();
    for (;;) {
        wait_for_interrupt();
    }
}
