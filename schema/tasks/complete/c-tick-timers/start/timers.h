#ifndef TIMERS_H
#define TIMERS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct timer {
	uint32_t due, period;
	bool armed;
};

bool tick_reached(uint32_t now, uint32_t due);
size_t timers_run(struct timer *timers, size_t n, uint32_t now, void (*fire)(size_t index, void *context),
		  void *context);
uint32_t timers_wait(const struct timer *timers, size_t n, uint32_t now);

#endif
