#include <stdio.h>
#include <string.h>

#include "env.h"

#define BROKER_HOST "broker.example.com"
#define BROKER_TOPIC "site/7/env"
#define BROKER_COMMANDS "site/7/commands"
#define RETRY_MIN_MS 2000u
#define RETRY_MAX_MS (5u * 60u * 1000u)

#define SIZED(text) {.data = (const uint8_t *)(text), .length = sizeof(text) - 1}

static uint8_t broker_rx[7168] __attribute__((aligned(512)));
static uint8_t broker_tx[4096] __attribute__((aligned(512)));

static void broker_back_off(struct broker *b)
{
	b->connected = false;
	b->subscribed = false;
	b->retry_at = HAL_GetTick() + b->retry_ms;
	b->retry_ms *= 2;
	if (b->retry_ms > RETRY_MAX_MS)
		b->retry_ms = RETRY_MAX_MS;
}

void broker_close(struct env *env)
{
	struct broker *b = &env->broker;
	enum MvStatus status;

	if (!b->channel)
		return;
	status = mvCloseChannel(&b->channel);
	if (status != MV_STATUS_OKAY) {
		trace("broker: close %d", (int)status);
		b->channel = 0;
	}
	broker_back_off(b);
}

int broker_open(struct env *env)
{
	struct broker *b = &env->broker;
	static const uint8_t endpoint[] = "";
	const struct MvMqttConnectRequest connect = {
		.protocol_version = MV_MQTTPROTOCOLVERSION_V5,
		.host = SIZED(BROKER_HOST),
		.port = 8883,
		.clientid = SIZED("env-7"),
		.authentication = {.method = MV_MQTTAUTHENTICATIONMETHOD_NONE},
		.tls_credentials = NULL,
		.keepalive = 60,
		.clean_start = 0,
		.will = NULL,
	};
	const struct MvOpenChannelParams params = {
		.version = 1,
		.v1 = {
			.notification_handle = env->centre,
			.notification_tag = 0x4D,
			.network_handle = env->network,
			.receive_buffer = broker_rx,
			.receive_buffer_len = sizeof(broker_rx),
			.send_buffer = broker_tx,
			.send_buffer_len = sizeof(broker_tx),
			.channel_type = MV_CHANNELTYPE_MQTT,
			.endpoint = {endpoint, 0},
		},
	};
	enum MvStatus status;

	if ((int32_t)(HAL_GetTick() - b->retry_at) < 0)
		return ENV_EAGAIN;
	if ((status = mvOpenChannel(&params, &b->channel)) != MV_STATUS_OKAY) {
		trace("broker: open %d", (int)status);
		broker_back_off(b);
		return ENV_EAGAIN;
	}
	status = mvMqttRequestConnect(b->channel, &connect);
	if (status != MV_STATUS_OKAY) {
		trace("broker: connect %d", (int)status);
		broker_close(env);
		return ENV_EIO;
	}
	return 0;
}

static int broker_subscribe(struct broker *b)
{
	const struct MvMqttSubscription topics[] = {
		{.topic = SIZED(BROKER_COMMANDS), .desired_qos = 1},
		{.topic = SIZED("site/all"), .desired_qos = 0},
	};
	const struct MvMqttSubscribeRequest request = {
		.correlation_id = b->next_id++,
		.subscriptions = topics,
		.num_subscriptions = sizeof(topics) / sizeof(*topics),
	};
	enum MvStatus status = mvMqttRequestSubscribe(b->channel, &request);

	if (status == MV_STATUS_RATELIMITED)
		return ENV_EAGAIN;
	return status == MV_STATUS_OKAY ? 0 : ENV_EIO;
}

static int broker_connected(struct broker *b)
{
	struct MvMqttConnectResponse response;

	if (mvMqttReadConnectResponse(b->channel, &response) != MV_STATUS_OKAY)
		return ENV_EIO;
	if (response.request_state != MV_MQTTREQUESTSTATE_REQUESTCOMPLETED || response.reason_code != 0) {
		trace("broker: refused %d %lu", (int)response.request_state, (unsigned long)response.reason_code);
		return ENV_EIO;
	}
	b->connected = true;
	b->retry_ms = RETRY_MIN_MS;
	return broker_subscribe(b);
}

static int broker_subscribed(struct broker *b)
{
	enum MvMqttRequestState state;
	uint32_t id;
	uint32_t codes[2];
	uint32_t codes_len = 0;
	const struct MvMqttSubscribeResponse response = {
		.request_state = &state,
		.correlation_id = &id,
		.reason_codes = codes,
		.reason_codes_size = sizeof(codes),
		.reason_codes_len = &codes_len,
	};

	if (mvMqttReadSubscribeResponse(b->channel, &response) != MV_STATUS_OKAY)
		return ENV_EIO;
	if (state != MV_MQTTREQUESTSTATE_REQUESTCOMPLETED)
		return ENV_EIO;
	if (codes_len != 2 || codes[0] > 2 || codes[1] > 2) {
		trace("broker: subscription %lu refused", (unsigned long)id);
		return ENV_EIO;
	}
	b->subscribed = true;
	return 0;
}

static int broker_message(struct env *env)
{
	struct broker *b = &env->broker;
	uint32_t id = 0, qos = 0, topic_len = 0, payload_len = 0;
	uint8_t retain = 0;
	uint8_t topic[64];
	uint8_t payload[33];
	const struct MvMqttMessage message = {
		.correlation_id = &id,
		.topic = {topic, sizeof(topic), &topic_len},
		.payload = {payload, sizeof(payload) - 1, &payload_len},
		.qos = &qos,
		.retain = &retain,
	};
	enum MvStatus status = mvMqttReceiveMessage(b->channel, &message);

	if (status != MV_STATUS_OKAY)
		return ENV_EIO;
	if (payload_len >= sizeof(payload))
		return ENV_EINVAL;
	payload[payload_len] = 0;
	trace("broker: command %s", (char *)payload);
	if (payload_len > 7 && memcmp(payload, "period ", 7) == 0) {
		uint32_t seconds = 0;

		for (uint32_t i = 7; i < payload_len && payload[i] >= '0' && payload[i] <= '9'; i++)
			seconds = seconds * 10 + (payload[i] - '0');
		if (seconds >= 5 && seconds <= 86400)
			env->period_ms = seconds * 1000;
	}
	if (qos > 0) {
		status = mvMqttAcknowledgeMessage(b->channel, id);
		if (status == MV_STATUS_RATELIMITED)
			trace("broker: will come again");
		else if (status != MV_STATUS_OKAY)
			return ENV_EIO;
	}
	return 0;
}

static int broker_published(struct broker *b)
{
	struct MvMqttPublishResponse response = {0};

	if (mvMqttReadPublishResponse(b->channel, &response) != MV_STATUS_OKAY)
		return ENV_EIO;
	return response.request_state == MV_MQTTREQUESTSTATE_REQUESTCOMPLETED && response.reason_code < 0x80 ? 0 : ENV_EIO;
}

int broker_publish(struct env *env, const struct env_sample *sample)
{
	struct broker *b = &env->broker;
	char payload[64];
	int length = snprintf(payload, sizeof(payload), "{\"t\":%ld,\"h\":%lu,\"id\":%lu}", (long)sample->temperature_mc,
			      (unsigned long)sample->humidity_mpct, (unsigned long)b->next_id);
	struct MvMqttPublishRequest request = {
		.correlation_id = b->next_id++,
		.topic = SIZED(BROKER_TOPIC),
		.payload = {(const uint8_t *)payload, (uint32_t)length},
		.desired_qos = 1,
		.retain = 0,
	};

	if (!b->connected)
		return ENV_EAGAIN;
	switch (mvMqttRequestPublish(b->channel, &request)) {
	case MV_STATUS_OKAY:
		return 0;
	case MV_STATUS_RATELIMITED:
		return ENV_EAGAIN;
	default:
		return ENV_EIO;
	}
}

int broker_handle(struct env *env)
{
	struct broker *b = &env->broker;
	int result = 0;

	while (result == 0) {
		enum MvMqttReadableDataType type = MV_MQTTREADABLEDATATYPE_NONE;

		if (mvMqttGetNextReadableDataType(b->channel, &type) != MV_STATUS_OKAY)
			return ENV_EIO;
		switch (type) {
		case MV_MQTTREADABLEDATATYPE_NONE:
			return 0;
		case MV_MQTTREADABLEDATATYPE_CONNECTRESPONSE:
			result = broker_connected(b);
			break;
		case MV_MQTTREADABLEDATATYPE_SUBSCRIBERESPONSE:
			result = broker_subscribed(b);
			break;
		case MV_MQTTREADABLEDATATYPE_PUBLISHRESPONSE:
			result = broker_published(b);
			break;
		case MV_MQTTREADABLEDATATYPE_MESSAGERECEIVED:
			result = broker_message(env);
			break;
		default:
			trace("broker: data of type %d", (int)type);
			return ENV_EIO;
		}
	}
	return result == ENV_EAGAIN ? 0 : result;
}
