#ifndef QUEUE_H
#define QUEUE_H

#include "allocator.h"

#include <stdbool.h>
#include <stddef.h>

/* Texts, the oldest first. */
struct queue;

struct queue *queue_make(const struct allocator *a); /* `a` NULL: malloc. NULL: no memory */
void queue_free(struct queue *q); /* with all that is in it; NULL is allowed */

bool queue_push(struct queue *q, const char *text); /* copies it; false: no memory */
bool queue_pop(struct queue *q, char *buf, size_t size); /* false: empty, or it does not fit */
size_t queue_length(const struct queue *q);

#endif
