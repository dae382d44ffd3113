#include "timers.h"

bool tick_reached(uint32_t now, uint32_t due)
{
	return now >= due;
}

size_t timers_run(struct timer *timers, size_t n, uint32_t now, void (*fire)(size_t index, void *context),
		  void *context)
{
	size_t count = 0;

	for (size_t i = 0; i < n; i++) {
		struct timer *t = &timers[i];

		if (!t->armed || !tick_reached(now, t->due))
			continue;
		if (t->period)
			t->due = now + (t->period - (now - t->due) % t->period);
		else
			t->armed = false;
		fire(i, context);
		count++;
	}
	return count;
}

uint32_t timers_wait(const struct timer *timers, size_t n, uint32_t now)
{
	uint32_t least = UINT32_MAX;

	for (size_t i = 0; i < n; i++) {
		if (!timers[i].armed)
			continue;
		if (tick_reached(now, timers[i].due))
			return 0;
		if (timers[i].due - now < least)
			least = timers[i].due - now;
	}
	return least;
}
