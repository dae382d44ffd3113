#include "batch.h"

#include "queue.h"

#include <stdlib.h>
#include <string.h>

int batch_run(const char *text, int most, void (*line)(const char *text, void *context), void *context)
{
	struct queue *q = queue_make();
	int count = 0;

	if (!q)
		return -1;
	while (*text) {
		size_t length = strcspn(text, "\n");
		char *copy;

		if (length > 0) {
			copy = malloc(length + 1);
			memcpy(copy, text, length);
			copy[length] = '\0';
			queue_push(q, copy);
			free(copy);
		}
		text += length;
		if (*text)
			text++;
	}
	while (count < most && queue_length(q) > 0) {
		char *next = queue_pop(q);

		line(next, context);
		free(next);
		count++;
	}
	queue_free(q);
	return count;
}
