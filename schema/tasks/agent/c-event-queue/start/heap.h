#ifndef HEAP_H
#define HEAP_H

#include "events.h"

void heap_push(struct event *heap, size_t *count, struct event new);
void heap_remove(struct event *heap, size_t *count, size_t i);

#endif
