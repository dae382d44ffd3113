#include "queue.h"

#include <string.h>

struct item {
	struct item *next;
	size_t size; /* of the text with its NUL, which follows */
	char text[];
};

struct queue {
	struct allocator a;
	struct item *first, **end;
	size_t length;
};

struct queue *queue_make(const struct allocator *a)
{
	struct queue *q;

	if (!a)
		a = &allocator_malloc;
	q = a->take(a->context, sizeof *q);
	if (q) {
		q->a = *a;
		q->first = NULL;
		q->end = &q->first;
		q->length = 0;
	}
	return q;
}

bool queue_push(struct queue *q, const char *text)
{
	size_t size = strlen(text) + 1;
	struct item *i = q->a.take(q->a.context, sizeof *i + size);

	if (!i)
		return false;
	i->next = NULL;
	i->size = size;
	memcpy(i->text, text, size);
	*q->end = i;
	q->end = &i->next;
	q->length++;
	return true;
}

static void drop(struct queue *q)
{
	struct item *i = q->first;

	q->first = i->next;
	if (!q->first)
		q->end = &q->first;
	q->length--;
	q->a.give(q->a.context, i, sizeof *i + i->size);
}

bool queue_pop(struct queue *q, char *buf, size_t size)
{
	if (!q->first)
		return false;
	if (q->first->size > size) {
		drop(q);
		return false;
	}
	memcpy(buf, q->first->text, q->first->size);
	drop(q);
	return true;
}

void queue_free(struct queue *q)
{
	struct allocator a;

	if (!q)
		return;
	while (q->first)
		drop(q);
	a = q->a;
	a.give(a.context, q, sizeof *q);
}

size_t queue_length(const struct queue *q)
{
	return q->length;
}
