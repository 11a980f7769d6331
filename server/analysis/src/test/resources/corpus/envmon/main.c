#include "env.h"

static struct env env = {.period_ms = 60000, .broker = {.retry_ms = 2000, .next_id = 1}};

static int network_open(struct env *e)
{
	struct MvRequestNetworkParams params = {0};
	uint32_t start = HAL_GetTick();
	enum MvNetworkStatus now;

	params.version = 1;
	params.v1.notification_handle = e->centre;
	params.v1.notification_tag = 0x4E;
	if (mvRequestNetwork(&params, &e->network))
		return ENV_EIO;
	for (;;) {
		if (mvGetNetworkStatus(e->network, &now))
			return ENV_EIO;
		if (now == MV_NETWORKSTATUS_CONNECTED)
			return 0;
		if (HAL_GetTick() - start > 120000)
			return ENV_EAGAIN;
		HAL_Delay(100);
	}
}

int main(void)
{
	uint32_t due;
	int error;

	HAL_Init();
	if (trace_init())
		return 1;
	trace("environment monitor");
	error = events_init(&env);
	if (!error)
		error = network_open(&env);
	if (error) {
		trace("start: %d", error);
		return 1;
	}
	if (sensor_init())
		trace("no sensor");
	due = HAL_GetTick();
	for (;;) {
		if (!env.broker.channel) {
			error = broker_open(&env);
			if (error && error != ENV_EAGAIN)
				trace("open: %d", error);
		} else if (events_lost()) {
			broker_close(&env);
		} else if (events_readable() && broker_handle(&env)) {
			broker_close(&env);
		}
		if ((int32_t)(HAL_GetTick() - due) >= 0) {
			struct env_sample sample;

			due += env.period_ms;
			if (sensor_read(&sample) == 0) {
				error = broker_publish(&env, &sample);
				if (error == ENV_EIO)
					broker_close(&env);
			}
		}
		HAL_Delay(10);
	}
}
