#include "env.h"

static struct {
	volatile struct MvNotification ring[16];
	unsigned int tail;
	volatile bool readable;
	volatile bool lost;
} events;

int events_init(struct env *env)
{
	struct MvNotificationSetup setup = {
		.irq = TIM8_BRK_IRQn,
		.buffer = (struct MvNotification *)events.ring,
		.buffer_size = sizeof(events.ring),
	};
	enum MvStatus status;

	status = mvSetupNotifications(&setup, &env->centre);
	if (status)
		return ENV_EIO;
	NVIC_ClearPendingIRQ(TIM8_BRK_IRQn);
	NVIC_EnableIRQ(TIM8_BRK_IRQn);
	return 0;
}

bool events_readable(void)
{
	bool was = events.readable;

	events.readable = false;
	return was;
}

bool events_lost(void)
{
	bool was = events.lost;

	events.lost = false;
	return was;
}

void TIM8_BRK_IRQHandler(void)
{
	volatile struct MvNotification *n;

	for (n = &events.ring[events.tail]; n->event_type != MV_EVENTTYPE_NOEVENT; n = &events.ring[events.tail]) {
		if (n->event_type == MV_EVENTTYPE_CHANNELDATAREADABLE)
			events.readable = true;
		else if (n->event_type == MV_EVENTTYPE_CHANNELNOTCONNECTED)
			events.lost = true;
		n->event_type = MV_EVENTTYPE_NOEVENT;
		events.tail = (events.tail + 1) % (sizeof(events.ring) / sizeof(events.ring[0]));
	}
}
