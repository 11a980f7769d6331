/* A broker's client: one thread, one channel for as long as it lasts, every MQTT call there is. */
#include "mv_syscalls.h"
#include "stm32u5xx_hal.h"

#include <stdbool.h>
#include <stdio.h>
#include <string.h>

#define COUNT_OF(a) (sizeof(a) / sizeof(*(a)))
#define TEXT(s) {.data = (const uint8_t *)(s), .length = sizeof(s) - 1}
#define TOPIC_BYTES 128
#define PAYLOAD_BYTES 512

static uint8_t rx_space[7168] __attribute__((section(".channel"), aligned(512)));
static uint8_t tx_space[4096] __attribute__((section(".channel"), aligned(512)));
static volatile struct MvNotification mailbox[16] __attribute__((aligned(8)));
static uint8_t log_space[4 * 1024] __attribute__((aligned(512)));

static MvNotificationHandle centre;
static MvNetworkHandle network;
static MvChannelHandle broker;
static uint32_t next_id = 1;
static volatile bool readable;
static volatile bool disconnected;
static bool connected;

static void note(const char *what, int value) {
    char text[80];
    int length = snprintf(text, sizeof text, "%s (%d)", what, value);
    if (length > 0 && (size_t)length < sizeof text) {
        (void)mvServerLog((const uint8_t *)text, (uint16_t)length);
    }
}

void TIM8_BRK_IRQHandler(void) {
    static volatile uint32_t at;
    for (uint32_t n = 0; n < COUNT_OF(mailbox); n++) {
        volatile struct MvNotification *mail = mailbox + at;
        if (mail->event_type == MV_EVENTTYPE_NOEVENT) {
            break;
        }
        switch (mail->event_type) {
            case MV_EVENTTYPE_CHANNELDATAREADABLE:
                readable = true;
                break;
            case MV_EVENTTYPE_CHANNELNOTCONNECTED:
                disconnected = true;
                break;
            default:
                break;
        }
        mail->event_type = MV_EVENTTYPE_NOEVENT;
        at = (at + 1) % COUNT_OF(mailbox);
    }
}

static bool open_broker(void) {
    struct MvOpenChannelParams params = {
        .version = 1,
        .v1 = {
            .notification_handle = centre,
            .notification_tag = 30,
            .network_handle = network,
            .receive_buffer = rx_space,
            .receive_buffer_len = sizeof rx_space,
            .send_buffer = tx_space,
            .send_buffer_len = sizeof tx_space,
            .channel_type = MV_CHANNELTYPE_MQTT,
            .endpoint = {.data = (const uint8_t *)"", .length = 0},
        },
    };
    enum MvStatus status = mvOpenChannel(&params, &broker);
    if (status != MV_STATUS_OKAY) {
        note("no channel", status);
    }
    return status == MV_STATUS_OKAY;
}

static bool connect_broker(void) {
    static const struct MvMqttWill will = {
        .topic = TEXT("devices/gone"), .payload = TEXT("bye"), .qos = 1, .retain = 0};
    const struct MvMqttConnectRequest request = {
        .protocol_version = MV_MQTTPROTOCOLVERSION_V5,
        .host = TEXT("broker.example"),
        .port = 8883,
        .clientid = TEXT("meter-17"),
        .authentication =
            {
                .method = MV_MQTTAUTHENTICATIONMETHOD_USERNAMEPASSWORD,
                .username_password = {.username = TEXT("meter"), .password = TEXT("open sesame")},
            },
        .tls_credentials = NULL,
        .keepalive = 60,
        .clean_start = 1,
        .will = &will,
    };
    enum MvStatus status = mvMqttRequestConnect(broker, &request);
    if (status != MV_STATUS_OKAY) {
        note("connect", status);
        return false;
    }
    return true;
}

static void subscribe(void) {
    const struct MvMqttSubscription topics[] = {
        {.topic = TEXT("meter/17/set"), .desired_qos = 1, .nl = 0, .rap = 0, .rh = 0},
        {.topic = TEXT("meter/all/set"), .desired_qos = 0, .nl = 0, .rap = 0, .rh = 0},
    };
    const struct MvMqttSubscribeRequest request = {
        .correlation_id = next_id++,
        .subscriptions = topics,
        .num_subscriptions = COUNT_OF(topics),
    };
    enum MvStatus status = mvMqttRequestSubscribe(broker, &request);
    if (status != MV_STATUS_OKAY) {
        note("subscribe", status);
    }
}

static void unsubscribe(void) {
    const struct MvSizedString topic = TEXT("meter/all/set");
    const struct MvMqttUnsubscribeRequest request = {
        .correlation_id = next_id++, .topics = &topic, .num_topics = 1};
    enum MvStatus status = mvMqttRequestUnsubscribe(broker, &request);
    if (status != MV_STATUS_OKAY) {
        note("unsubscribe", status);
    }
}

static void publish(const char *payload) {
    const struct MvMqttPublishRequest request = {
        .correlation_id = next_id++,
        .topic = TEXT("meter/17/state"),
        .payload = {.data = (const uint8_t *)payload, .length = strlen(payload)},
        .desired_qos = 0,
        .retain = 0,
    };
    enum MvStatus status = mvMqttRequestPublish(broker, &request);
    if (status == MV_STATUS_RATELIMITED) {
        note("too fast", 0);
    } else if (status != MV_STATUS_OKAY) {
        note("publish", status);
    }
}

static void on_message(void) {
    static uint8_t topic[TOPIC_BYTES];
    static uint8_t payload[PAYLOAD_BYTES + 1];
    uint32_t topic_length = 0, payload_length = 0, id = 0, qos = 0;
    uint8_t retain = 0;
    const struct MvMqttMessage message = {
        .correlation_id = &id,
        .topic = {.data = topic, .size = sizeof topic, .length = &topic_length},
        .payload = {.data = payload, .size = PAYLOAD_BYTES, .length = &payload_length},
        .qos = &qos,
        .retain = &retain,
    };
    enum MvStatus status = mvMqttReceiveMessage(broker, &message);
    if (status != MV_STATUS_OKAY) {
        note("receive", status);
        return;
    }
    payload[payload_length < PAYLOAD_BYTES ? payload_length : PAYLOAD_BYTES] = '\0';
    note("message of", (int)payload_length);
    if (qos > 0) {
        status = mvMqttAcknowledgeMessage(broker, id);
        if (status != MV_STATUS_OKAY) {
            note("acknowledge", status);
        }
    }
}

static void on_lost(void) {
    enum MvMqttLostMessageReason reason = MV_MQTTLOSTMESSAGEREASON_DEVICERECEIVEBUFFERTOOSMALL;
    uint8_t topic[TOPIC_BYTES];
    uint32_t topic_length = 0, needed = 0;
    const struct MvMqttLostMessageInfo info = {
        .reason = &reason,
        .topic = {.data = topic, .size = sizeof topic, .length = &topic_length},
        .message_len = &needed,
    };
    if (mvMqttReceiveLostMessageInfo(broker, &info) == MV_STATUS_OKAY) {
        note("lost a message of", (int)needed);
    }
}

static void on_subscribed(bool subscribing) {
    enum MvMqttRequestState state = MV_MQTTREQUESTSTATE_NOTCONNECTED;
    uint32_t id = 0, count = 0;
    uint32_t codes[8];
    enum MvStatus status;
    if (subscribing) {
        const struct MvMqttSubscribeResponse response = {&state, &id, codes, sizeof codes, &count};
        status = mvMqttReadSubscribeResponse(broker, &response);
    } else {
        const struct MvMqttUnsubscribeResponse response = {&state, &id, codes, sizeof codes, &count};
        status = mvMqttReadUnsubscribeResponse(broker, &response);
    }
    if (status != MV_STATUS_OKAY || state != MV_MQTTREQUESTSTATE_REQUESTCOMPLETED) {
        note("not subscribed", state);
        return;
    }
    for (uint32_t i = 0; i < count && i < COUNT_OF(codes); i++) {
        note("granted", (int)codes[i]);
    }
}

static void on_connected(void) {
    struct MvMqttConnectResponse response;
    if (mvMqttReadConnectResponse(broker, &response) != MV_STATUS_OKAY) {
        return;
    }
    if (response.request_state != MV_MQTTREQUESTSTATE_REQUESTCOMPLETED || response.reason_code != 0) {
        note("refused", (int)response.reason_code);
        return;
    }
    connected = true;
    subscribe();
}

static void on_published(void) {
    struct MvMqttPublishResponse response = {0};
    if (mvMqttReadPublishResponse(broker, &response) == MV_STATUS_OKAY
            && response.request_state == MV_MQTTREQUESTSTATE_REQUESTCOMPLETED) {
        note("published", (int)response.reason_code);
    }
}

static void on_bye(void) {
    struct MvMqttDisconnectResponse response;
    if (mvMqttReadDisconnectResponse(broker, &response) == MV_STATUS_OKAY
            && response.request_state == MV_MQTTREQUESTSTATE_REQUESTCOMPLETED) {
        note("bye", (int)response.disconnect_code);
    }
    connected = false;
    disconnected = true;
}

static void drain(void) {
    enum MvMqttReadableDataType type = MV_MQTTREADABLEDATATYPE_NONE;
    do {
        if (mvMqttGetNextReadableDataType(broker, &type) != MV_STATUS_OKAY) {
            return;
        }
        switch (type) {
            case MV_MQTTREADABLEDATATYPE_CONNECTRESPONSE: on_connected(); break;
            case MV_MQTTREADABLEDATATYPE_SUBSCRIBERESPONSE: on_subscribed(true); break;
            case MV_MQTTREADABLEDATATYPE_UNSUBSCRIBERESPONSE: on_subscribed(false); break;
            case MV_MQTTREADABLEDATATYPE_PUBLISHRESPONSE: on_published(); break;
            case MV_MQTTREADABLEDATATYPE_MESSAGERECEIVED: on_message(); break;
            case MV_MQTTREADABLEDATATYPE_MESSAGELOST: on_lost(); break;
            case MV_MQTTREADABLEDATATYPE_DISCONNECTRESPONSE: on_bye(); break;
            default: break;
        }
    } while (type != MV_MQTTREADABLEDATATYPE_NONE);
}

static void hang_up(void) {
    enum MvClosureReason reason = MV_CLOSUREREASON_NONE;
    if (mvGetChannelClosureReason(broker, &reason) == MV_STATUS_OKAY) {
        note("closed for", reason);
    }
    enum MvStatus status = mvCloseChannel(&broker);
    if (status != MV_STATUS_OKAY && status != MV_STATUS_CHANNELCLOSED) {
        note("close", status);
        broker = 0;
    }
    connected = false;
}

static bool setup(void) {
    struct MvNotificationSetup mail = {
        .irq = TIM8_BRK_IRQn, .buffer = (struct MvNotification *)mailbox, .buffer_size = sizeof(mailbox)};
    if (mvServerLoggingInit(log_space, sizeof log_space) != MV_STATUS_OKAY
            || mvSetupNotifications(&mail, &centre) != MV_STATUS_OKAY) {
        return false;
    }
    NVIC_ClearPendingIRQ(TIM8_BRK_IRQn);
    NVIC_EnableIRQ(TIM8_BRK_IRQn);
    struct MvRequestNetworkParams params = {
        .version = 1, .v1 = {.notification_handle = centre, .notification_tag = 29}};
    return mvRequestNetwork(&params, &network) == MV_STATUS_OKAY;
}

int main(void) {
    uint32_t said = 0;
    uint32_t tried = 0;
    if (!setup()) {
        return 1;
    }
    while (true) {
        uint32_t now = HAL_GetTick();
        if (!broker && now - tried > 5000) {
            tried = now;
            readable = disconnected = false;
            if (open_broker() && !connect_broker()) {
                hang_up();
            }
        } else if (broker && readable) {
            readable = false;
            drain();
        } else if (broker && disconnected) {
            disconnected = false;
            hang_up();
        } else if (connected && now - said > 10000) {
            said = now;
            publish("{\"on\":true}");
        } else if (connected && now > 86400000u) {
            unsubscribe();
            enum MvStatus status = mvMqttRequestDisconnect(broker);
            if (status != MV_STATUS_OKAY) {
                note("disconnect", status);
            }
        }
        __WFI();
    }
}
