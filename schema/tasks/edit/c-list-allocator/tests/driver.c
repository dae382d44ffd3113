#define _POSIX_C_SOURCE 200809L
#include "batch.h"
#include "queue.h"
#include "allocator.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static FILE *out;

struct counts {
	int there, asked, fail_at, null;
	size_t bytes;
};

static void *take(void *context, size_t size)
{
	struct counts *c = context;
	void *p;

	if (++c->asked == c->fail_at)
		return NULL;
	p = malloc(size);
	if (!p)
		return NULL;
	memset(p, 0xdd, size);
	c->there++;
	c->bytes += size;
	return p;
}

static void give(void *context, void *p, size_t size)
{
	struct counts *c = context;

	if (!p) {
		c->null++;
		return;
	}
	c->there--;
	c->bytes -= size;
	free(p);
}

static void pop(struct queue *q, size_t size)
{
	char buf[24];
	bool there;

	memset(buf, '#', sizeof buf);
	there = queue_pop(q, buf + 1, size);
	fprintf(out, "pop %zu: %d ", size, there);
	for (size_t i = 0; i < 12; i++)
		fprintf(out, "%c", buf[i] ? buf[i] : '$');
	fprintf(out, " length %zu\n", queue_length(q));
}

static void line(const char *text, void *context)
{
	fprintf(out, "%s[%s]", (const char *)context, text);
}

static void batch(const char *text, int most, int fail_at)
{
	struct counts c = { .fail_at = fail_at };
	struct allocator a = { take, give, &c };
	char none[] = "";
	int result = batch_run(fail_at < 0 ? NULL : &a, text, most, line, none);

	fprintf(out, " batch %d, left %d %zu\n", result, c.there, c.bytes);
}

int main(void)
{
	struct counts c = { .there = 0 };
	struct allocator a = { take, give, &c };
	struct queue *q;
	void *p;
	int failed = 0, before;

	out = fdopen(3, "w");
	if (!out)
		return 1;
	q = queue_make(&a);
	memset(&a, 0, sizeof a); /* it has a copy */
	pop(q, 10);
	for (int i = 0; i < 3; i++) {
		char text[8] = "text ";

		text[5] = (char)('0' + i);
		fprintf(out, "%d", queue_push(q, text));
		text[0] = 'X';
	}
	fprintf(out, "%d\n", queue_push(q, ""));
	pop(q, 6);
	pop(q, 0);
	pop(q, 7);
	pop(q, 20);
	before = c.there;
	c.fail_at = c.asked + 1;
	fprintf(out, "%d", queue_push(q, "no memory"));
	fprintf(out, " %d", c.there == before);
	c.fail_at = c.asked + 2; /* of the second block, if there is one */
	failed = queue_push(q, "maybe");
	c.fail_at = 0;
	fprintf(out, " %d\n", failed ? c.there > before && queue_length(q) == 3 : c.there == before && queue_length(q) == 2);
	if (!failed)
		queue_push(q, "maybe");
	pop(q, 20);
	pop(q, 0);
	pop(q, 1);
	pop(q, 5);
	pop(q, 6);
	pop(q, 1);
	queue_push(q, "again");
	queue_push(q, "and again");
	pop(q, 20);
	queue_free(q);
	queue_free(NULL);
	fprintf(out, "left %d %zu, null %d\n", c.there, c.bytes, c.null);
	q = queue_make(NULL);
	queue_push(q, "malloc");
	pop(q, 20);
	queue_free(q);
	c.fail_at = c.asked + 1;
	a = (struct allocator){ take, give, &c };
	fprintf(out, "%d %d\n", queue_make(&a) == NULL, c.there);
	p = allocator_malloc.take(allocator_malloc.context, 100);
	fprintf(out, "%d\n", p != NULL);
	allocator_malloc.give(allocator_malloc.context, p, 100);

	batch("one\ntwo\n\nthree", 10, 0);
	batch("one\ntwo\n\nthree\n", 2, 0);
	batch("", 2, 0);
	batch("\n\n", 2, 0);
	batch("one", 0, 0);
	batch("one\ntwo", 5, -1);
	batch("one\ntwo\nthree", 3, 1);
	batch("one\ntwo\nthree", 3, 2);
	batch("one\ntwo\nthree", 3, 3);
	return fclose(out) != 0;
}
