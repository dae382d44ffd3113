#ifndef EVENTS_H
#define EVENTS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum { EVENTS_MAX = 64 };

/* A binary heap of what is to come. Zeroed, it is empty and its time is 0. */
struct events {
	struct event {
		uint64_t time;
		uint64_t id; /* from 1, in the order of scheduling; never used again */
		int what;
		void *whom;
	} heap[EVENTS_MAX];
	size_t count;
	uint64_t now; /* the time of the event handed out last */
	uint64_t last_id;
};

/* Schedules something for `delay` after now; returns its id, or 0 if there is no room or the time would exceed UINT64_MAX. */
uint64_t events_add(struct events *e, uint64_t delay, int what, void *whom);

/* Takes it back; false: there is no such event (any more). */
bool events_cancel(struct events *e, uint64_t id);

/* Takes back all that are for `whom`; returns how many. */
size_t events_cancel_all(struct events *e, const void *whom);

/* Hands out the next one and goes on to its time: the earliest; of the same time, the one scheduled first. False: there is none. */
bool events_next(struct events *e, struct event *ret);

#endif
