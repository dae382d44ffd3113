#include "heap.h"

static bool before(const struct event *a, const struct event *b)
{
	return a->time < b->time || (a->time == b->time && a->id < b->id);
}

static void swap(struct event *a, struct event *b)
{
	struct event t = *a;

	*a = *b;
	*b = t;
}

static void up(struct event *heap, size_t i)
{
	while (i > 0 && before(&heap[i], &heap[(i - 1) / 2])) {
		swap(&heap[i], &heap[(i - 1) / 2]);
		i = (i - 1) / 2;
	}
}

static void down(struct event *heap, size_t count, size_t i)
{
	for (;;) {
		size_t child = 2 * i + 1;

		if (child >= count)
			return;
		if (child + 1 < count && before(&heap[child + 1], &heap[child]))
			child++;
		if (!before(&heap[child], &heap[i]))
			return;
		swap(&heap[child], &heap[i]);
		i = child;
	}
}

void heap_push(struct event *heap, size_t *count, struct event new)
{
	heap[*count] = new;
	up(heap, *count);
	++*count;
}

void heap_remove(struct event *heap, size_t *count, size_t i)
{
	heap[i] = heap[--*count];
	if (i == *count)
		return;
	down(heap, *count, i);
	up(heap, i);
}
