#ifndef QUEUE_H
#define QUEUE_H

#include <stdbool.h>
#include <stddef.h>

/* Texts, the oldest first. */
struct queue;

struct queue *queue_make(void); /* NULL: no memory */
void queue_free(struct queue *q); /* with all that is in it; NULL is allowed */

bool queue_push(struct queue *q, const char *text); /* copies it */
char *queue_pop(struct queue *q); /* the caller frees it; NULL: empty */
size_t queue_length(const struct queue *q);

#endif
