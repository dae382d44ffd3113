#include "queue.h"

#include <stdlib.h>
#include <string.h>

struct item {
	struct item *next;
	char *text;
};

struct queue {
	struct item *first, **end;
	size_t length;
};

struct queue *queue_make(void)
{
	struct queue *q = malloc(sizeof *q);

	if (q) {
		q->first = NULL;
		q->end = &q->first;
		q->length = 0;
	}
	return q;
}

bool queue_push(struct queue *q, const char *text)
{
	struct item *i = malloc(sizeof *i);

	i->text = malloc(strlen(text) + 1);
	strcpy(i->text, text);
	i->next = NULL;
	*q->end = i;
	q->end = &i->next;
	q->length++;
	return true;
}

char *queue_pop(struct queue *q)
{
	struct item *i = q->first;
	char *text;

	if (!i)
		return NULL;
	text = i->text;
	q->first = i->next;
	if (!q->first)
		q->end = &q->first;
	q->length--;
	free(i);
	return text;
}

void queue_free(struct queue *q)
{
	char *text;

	if (!q)
		return;
	while ((text = queue_pop(q)))
		free(text);
	free(q);
}

size_t queue_length(const struct queue *q)
{
	return q->length;
}
