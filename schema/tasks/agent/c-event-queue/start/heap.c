#include "heap.h"

static bool before(const struct event *a, const struct event *b)
{
	return (int)(a->time - b->time) < 0;
}

static void swap(struct event *a, struct event *b)
{
	struct event t = *a;

	*a = *b;
	*b = t;
}

static void up(struct event *heap, size_t i)
{
	while (i > 0 && before(&heap[i], &heap[i / 2])) {
		swap(&heap[i], &heap[i / 2]);
		i /= 2;
	}
}

static void down(struct event *heap, size_t count, size_t i)
{
	for (;;) {
		size_t child = 2 * i + 1;

		if (child >= count)
			return;
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
	down(heap, *count, i);
}
