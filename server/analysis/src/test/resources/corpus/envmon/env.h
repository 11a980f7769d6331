/*
 * Environment monitor: temperature and humidity from a sensor on I2C, published by MQTT.
 * All functions return 0 or a negative error, kernel fashion.
 */
#ifndef ENV_H
#define ENV_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "mv_syscalls.h"
#include "stm32u5xx_hal.h"

#define ENV_EIO (-5)
#define ENV_EAGAIN (-11)
#define ENV_EINVAL (-22)

struct env_sample {
	int32_t temperature_mc;
	uint32_t humidity_mpct;
};

struct broker {
	MvChannelHandle channel;
	uint32_t next_id;
	uint32_t retry_at;
	uint32_t retry_ms;
	bool connected;
	bool subscribed;
};

struct env {
	MvNotificationHandle centre;
	MvNetworkHandle network;
	struct broker broker;
	uint32_t period_ms;
};

/* events.c */
int events_init(struct env *env);
bool events_readable(void);
bool events_lost(void);

/* sensor.c */
int sensor_init(void);
int sensor_read(struct env_sample *sample);

/* broker.c */
int broker_open(struct env *env);
void broker_close(struct env *env);
int broker_publish(struct env *env, const struct env_sample *sample);
int broker_handle(struct env *env);

/* trace.c */
int trace_init(void);
void trace(const char *format, ...) __attribute__((format(printf, 1, 2)));

#endif
