#include "queue.h"

#include <string.h>

struct item {
	struct item *next;
	char *text;
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
	struct item *i = q->a.take(q->a.context, sizeof *i);

	if (!i)
		return false;
	i->text = q->a.take(q->a.context, strlen(text) + 1);
	if (!i->text)
		return false;
	strcpy(i->text, text);
	i->next = NULL;
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
	q->a.give(q->a.context, i->text, strlen(i->text) + 1);
	q->a.give(q->a.context, i, sizeof *i);
}

bool queue_pop(struct queue *q, char *buf, size_t size)
{
	if (!q->first || strlen(q->first->text) >= size)
		return false;
	strcpy(buf, q->first->text);
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
