#include <stdarg.h>
#include <stdio.h>

#include "env.h"

static uint8_t _Alignas(512) trace_area[4096];

int trace_init(void)
{
	return mvServerLoggingInit(trace_area, sizeof(trace_area)) ? ENV_EIO : 0;
}

void trace(const char *format, ...)
{
	char line[160];
	va_list args;
	int length;

	va_start(args, format);
	length = vsnprintf(line, sizeof(line), format, args);
	va_end(args);
	if (length <= 0)
		return;
	if (length >= (int)sizeof(line))
		length = sizeof(line) - 1;
	(void)mvServerLog((const uint8_t *)line, (uint16_t)length);
}
