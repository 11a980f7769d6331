/**
 *
 * the hub
 *
 */
#include "main.h"

#define HUB_RX  7168
#define HUB_TX  4096

static uint8_t tx[HUB_TX] __attribute__((aligned(512)));
static uint8_t rx[HUB_RX] __attribute__((aligned(512)));
static MvChannelHandle hub = 0;

static void read_message(void);
static void subscribe(void);


/**
 * @brief Open the channel, connect with the token.
 */
void hub_open(void) {

    const struct MvOpenChannelParams params = {
        .version = 1,
        .v1 = {
            .notification_handle = center_of_app(),
            .notification_tag = 2,
            .network_handle = network_of_app(),
            .receive_buffer = rx,
            .receive_buffer_len = sizeof(rx),
            .send_buffer = tx,
            .send_buffer_len = sizeof(tx),
            .channel_type = MV_CHANNELTYPE_MQTT,
            .endpoint = { (const uint8_t *)"", 0 }
        }
    };

    enum MvStatus status = mvOpenChannel(&params, &hub);
    if (status != MV_STATUS_OKAY) {
        server_error("Hub channel: %i", status);
        post_event(EVENT_DROPPED);
        return;
    }

    static const char CLIENT[] = "device-1";
    static const char USER[] = HUB_HOST "/device-1/?api-version=2021-04-12";
    const struct MvMqttConnectRequest request = {
        .protocol_version = MV_MQTTPROTOCOLVERSION_V3_1_1,
        .host = { (const uint8_t *)HUB_HOST, strlen(HUB_HOST) },
        .port = HUB_PORT,
        .clientid = { (const uint8_t *)CLIENT, sizeof(CLIENT) - 1 },
        .authentication = {
            .method = MV_MQTTAUTHENTICATIONMETHOD_USERNAMEPASSWORD,
            .username_password = {
                .username = { (const uint8_t *)USER, strlen(USER) },
                .password = { (const uint8_t *)token, strlen(token) }
            }
        },
        .tls_credentials = NULL,
        .keepalive = 120,
        .clean_start = 1,
        .will = NULL
    };

    status = mvMqttRequestConnect(hub, &request);
    if (status != MV_STATUS_OKAY) {
        server_error("Hub connect: %i", status);
        post_event(EVENT_DROPPED);
    }
}


/**
 * @brief Read what the hub has sent.
 */
void hub_read(void) {

    enum MvMqttReadableDataType type = MV_MQTTREADABLEDATATYPE_NONE;
    enum MvStatus status = mvMqttGetNextReadableDataType(hub, &type);
    if (status != MV_STATUS_OKAY) {
        server_error("Nothing readable: %i", status);
        post_event(EVENT_DROPPED);
        return;
    }

    if (type == MV_MQTTREADABLEDATATYPE_CONNECTRESPONSE) {
        struct MvMqttConnectResponse answer = { 0 };
        status = mvMqttReadConnectResponse(hub, &answer);
        if (status == MV_STATUS_OKAY && answer.request_state == MV_MQTTREQUESTSTATE_REQUESTCOMPLETED && answer.reason_code == 0) {
            post_event(EVENT_CONNECTED);
            subscribe();
        } else {
            server_error("Hub refused");
            post_event(EVENT_DROPPED);
        }
    } else if (type == MV_MQTTREADABLEDATATYPE_MESSAGERECEIVED) {
        read_message();
    } else if (type == MV_MQTTREADABLEDATATYPE_SUBSCRIBERESPONSE) {
        uint32_t codes[1] = { 0 };
        uint32_t count = 0;
        uint32_t id = 0;
        enum MvMqttRequestState state = MV_MQTTREQUESTSTATE_REQUESTCOMPLETED;
        const struct MvMqttSubscribeResponse answer = {
            .request_state = &state,
            .correlation_id = &id,
            .reason_codes = codes,
            .reason_codes_size = sizeof(codes),
            .reason_codes_len = &count
        };
        status = mvMqttReadSubscribeResponse(hub, &answer);
        if (status != MV_STATUS_OKAY || state != MV_MQTTREQUESTSTATE_REQUESTCOMPLETED || count != 1 || codes[0] > 1) {
            server_error("Not subscribed");
            post_event(EVENT_DROPPED);
        }
    }
}


static void subscribe(void) {

    const char topic[] = "devices/device-1/messages/#";
    const struct MvMqttSubscription one = { .topic = { (const uint8_t *)topic, strlen(topic) }, .desired_qos = 1 };
    const struct MvMqttSubscribeRequest request = { .correlation_id = 7, .subscriptions = &one, .num_subscriptions = 1 };
    enum MvStatus status = mvMqttRequestSubscribe(hub, &request);
    if (status != MV_STATUS_OKAY) post_event(EVENT_DROPPED);
}


static void read_message(void) {

    uint8_t  topic[64];
    uint8_t  payload[128];
    uint32_t id = 0, topic_length = 0, payload_length = 0, qos = 0;
    uint8_t  retain = 0;
    const struct MvMqttMessage message = {
        .correlation_id = &id,
        .topic = { topic, sizeof(topic), &topic_length },
        .payload = { payload, sizeof(payload) - 1, &payload_length },
        .qos = &qos,
        .retain = &retain
    };

    enum MvStatus status = mvMqttReceiveMessage(hub, &message);
    if (status != MV_STATUS_OKAY) {
        server_error("Message: %i", status);
        post_event(EVENT_DROPPED);
        return;
    }

    if (qos > 0 && mvMqttAcknowledgeMessage(hub, id) != MV_STATUS_OKAY) post_event(EVENT_DROPPED);

    server_log("%.*s: %.*s", (int)topic_length, topic, (int)payload_length, payload);
    payload[payload_length] = 0;
    uint32_t value = (uint32_t)atoi((const char *)payload);
    light(value > 0);
}


void hub_send(uint32_t count) {

    char payload[32];
    snprintf(payload, sizeof(payload), "{\"n\":%lu}", count);
    const struct MvMqttPublishRequest request = {
        .correlation_id = count,
        .topic = { (const uint8_t *)"devices/device-1/events", 23 },
        .payload = { (const uint8_t *)payload, strlen(payload) },
        .desired_qos = 1,
        .retain = 0
    };

    if (mvMqttRequestPublish(hub, &request) != MV_STATUS_OKAY) post_event(EVENT_SEND_FAILED);
}


void hub_close(void) {

    if (hub != 0) {
        enum MvStatus status = mvCloseChannel(&hub);
        if (status != MV_STATUS_OKAY && status != MV_STATUS_CHANNELCLOSED) {
            server_error("Hub not closed: %i", status);
            hub = 0;
        }
    }
}
