#include "events.h"

#include "heap.h"

uint64_t events_add(struct events *e, uint64_t delay, int what, void *whom)
{
	struct event new = { e->now + delay, e->last_id + 1, what, whom };

	if (e->count == EVENTS_MAX || delay > UINT64_MAX - e->now)
		return 0;
	heap_push(e->heap, &e->count, new);
	e->last_id++;
	return new.id;
}

bool events_cancel(struct events *e, uint64_t id)
{
	for (size_t i = 0; i < e->count; i++) {
		if (e->heap[i].id == id) {
			heap_remove(e->heap, &e->count, i);
			return true;
		}
	}
	return false;
}

size_t events_cancel_all(struct events *e, const void *whom)
{
	size_t cancelled = 0;

	/* a removal moves others about, so that each is looked for from the beginning */
	for (size_t i = 0; i < e->count;) {
		if (e->heap[i].whom == whom) {
			heap_remove(e->heap, &e->count, i);
			cancelled++;
			i = 0;
		} else {
			i++;
		}
	}
	return cancelled;
}

bool events_next(struct events *e, struct event *ret)
{
	if (e->count == 0)
		return false;
	*ret = e->heap[0];
	heap_remove(e->heap, &e->count, 0);
	e->now = ret->time;
	return true;
}
