#include "env.h"

#define SENSOR_ADDRESS (0x40u << 1)
#define SENSOR_TRIES 5

static I2C_HandleTypeDef i2c = {.Instance = 0x40005400u};

static int sensor_command(uint8_t command)
{
	int tries;

	for (tries = 0; tries < SENSOR_TRIES; tries++) {
		if (HAL_I2C_Master_Transmit(&i2c, SENSOR_ADDRESS, &command, 1, 100) == HAL_OK)
			return 0;
		HAL_Delay(20u << tries);
	}
	return ENV_EIO;
}

int sensor_init(void)
{
	return sensor_command(0xFE);
}

static int sensor_raw(uint8_t command, uint16_t *raw)
{
	uint8_t data[3];

	if (sensor_command(command))
		return ENV_EIO;
	HAL_Delay(30);
	if (HAL_I2C_Master_Receive(&i2c, SENSOR_ADDRESS, data, sizeof(data), 100) != HAL_OK)
		return ENV_EIO;
	*raw = (uint16_t)(data[0] << 8 | (data[1] & 0xFC));
	return 0;
}

int sensor_read(struct env_sample *sample)
{
	uint16_t raw;

	if (sensor_raw(0xF3, &raw))
		return ENV_EIO;
	sample->temperature_mc = (int32_t)(175720u * raw / 65536u) - 46850;
	if (sensor_raw(0xF5, &raw))
		return ENV_EIO;
	sample->humidity_mpct = 125000u * raw / 65536u - 6000u;
	return 0;
}
