/* Milliseconds, for timeouts and pauses. */
#ifndef CLOCK_H
#define CLOCK_H

#include <stdbool.h>
#include <stdint.h>

/** Starts the tick; false when its frequency cannot be had. */
bool clock_start(void);

/** Ends the tick, so that nothing wakes the processor any more. */
void clock_stop(void);

/** Milliseconds since clock_start(); wraps after 49 days, differences stay right. */
uint32_t clock_ms(void);

/** Sleeps for this long. */
void clock_pause(uint32_t ms);

/** Sleeps until the flag is set, or for this long; tells whether the flag is set. */
bool clock_wait_for(const volatile bool *flag, uint32_t timeout_ms);

#endif
