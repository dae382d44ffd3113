#ifndef BATCH_H
#define BATCH_H

#include "allocator.h"

/* Queues the lines of `text` (each ends with a newline or the text's end; empty ones are left out) and hands them to `line`, the
 * first `most` of them. Returns how many were handed over, or -1. */
int batch_run(const struct allocator *a, const char *text, int most, void (*line)(const char *text, void *context), void *context);

#endif
