#include "batch.h"

#include "queue.h"

#include <string.h>

/* Memory of this file's own comes from the allocator too. */
int batch_run(const struct allocator *a, const char *text, int most, void (*line)(const char *text, void *context),
	      void *context)
{
	struct queue *q = queue_make(a);
	size_t size = strlen(text) + 1; /* no line is longer */
	char *buf;
	int count = 0;

	if (!q)
		return -1;
	if (!a)
		a = &allocator_malloc;
	buf = a->take(a->context, size);
	if (!buf) {
		queue_free(q);
		return -1;
	}
	while (*text && count >= 0) {
		size_t length = strcspn(text, "\n");

		memcpy(buf, text, length);
		buf[length] = '\0';
		if (length > 0 && !queue_push(q, buf))
			count = -1;
		text += length;
		if (*text)
			text++;
	}
	while (count >= 0 && count < most && queue_pop(q, buf, size)) {
		line(buf, context);
		count++;
	}
	a->give(a->context, buf, size);
	queue_free(q);
	return count;
}
