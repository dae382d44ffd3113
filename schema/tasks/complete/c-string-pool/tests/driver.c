#define _POSIX_C_SOURCE 200809L
#include "pool.h"

#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { BLOCKS = 200000, HEAD = 32 };

static FILE *out;
static struct {
	struct block {
		size_t size, index;
		struct block *next;
	} *at[BLOCKS], *gone; /* those given back are kept, so that their use shows */
	size_t count;
	long calls, asked, fail_at; /* this request fails */
	unsigned wrong_size, unknown, zero;
} heap;

static void *resize(void *context, void *p, size_t old_size, size_t new_size)
{
	struct block *old = NULL, *b;

	(void)context;
	heap.calls++;
	if (p) {
		old = (struct block *)((char *)p - HEAD);
		if (old->index >= heap.count || heap.at[old->index] != old) {
			heap.unknown++;
			return NULL;
		}
	}
	if ((old ? old->size : 0) != old_size)
		heap.wrong_size++;
	if (!p && !new_size)
		heap.zero++;
	if (new_size) {
		if (++heap.asked == heap.fail_at || heap.count == BLOCKS)
			return NULL;
		b = malloc(new_size + HEAD);
		if (!b)
			return NULL;
		memset((char *)b + HEAD, 0xdd, new_size);
		if (old)
			memcpy((char *)b + HEAD, p, old->size < new_size ? old->size : new_size);
		b->size = new_size;
		b->index = old ? old->index : heap.count++;
		heap.at[b->index] = b;
	} else {
		b = NULL;
		if (old) {
			heap.at[old->index] = heap.at[--heap.count];
			heap.at[old->index]->index = old->index;
		}
	}
	if (old) {
		memset((char *)old + HEAD, 0xdd, old->size);
		old->index = BLOCKS;
		old->next = heap.gone;
		heap.gone = old;
	}
	return b ? (char *)b + HEAD : NULL;
}

static struct pool pool = { .resize = resize };

static void put(const char *text, size_t n)
{
	fprintf(out, "put %zu: %" PRIu32 "\n", n, pool_put(&pool, text, n));
}

static void find(const char *text, size_t n)
{
	fprintf(out, "find %zu: %" PRIu32 "\n", n, pool_find(&pool, text, n));
}

static void text(uint32_t number)
{
	size_t n = 4711;
	const char *bytes = pool_text(&pool, number, &n);

	fprintf(out, "text %" PRIu32 ":", number);
	for (size_t i = 0; bytes && i <= n && i < 40; i++)
		fprintf(out, bytes[i] >= 0x20 && bytes[i] < 0x7f ? "%c" : "<%02x>", (unsigned char)bytes[i]);
	fprintf(out, "%s %zu\n", bytes ? "" : " NULL", n);
}

static size_t name(char *buf, int i)
{
	return (size_t)sprintf(buf, "name-%d%s", i * 7919, i % 3 ? "" : "-and-a-longer-rest-of-it");
}

static void errors(void)
{
	fprintf(out, "wrong sizes %u, unknown blocks %u, of size 0 %u, blocks left %d\n", heap.wrong_size, heap.unknown,
		heap.zero, heap.count != 0);
}

int main(void)
{
	const char *kept[3000];
	char buf[80];
	size_t n, most = 0;
	unsigned same = 0, right = 0, failures = 0, still = 0, lost = 0;
	long before;
	uint32_t sum = 0;

	out = fdopen(3, "w");
	if (!out)
		return 1;
	find("a", 1);
	text(0);
	put("alpha", 5);
	put("beta", 4);
	put("alpha", 4);
	put("alpha", 5);
	put(NULL, 0);
	put("", 0);
	put("a\0b", 3);
	put("a\0c", 3);
	put("a", 1);
	find("beta", 4);
	find("bet", 3);
	find("", 0);
	find("a\0c", 3);
	for (uint32_t i = 0; i < 8; i++)
		text(i);
	text(POOL_NONE);
	put(pool_text(&pool, 0, &n) + 1, 3);
	text(7);
	pool_free(&pool);
	fprintf(out, "empty %d\n", pool.inside == NULL);
	errors();
	text(0);
	find("alpha", 5);
	pool_free(&pool);
	put("again", 5);
	text(0);

	/* many, and their addresses */
	before = heap.calls;
	for (int i = 0; i < 3000; i++) {
		long calls = heap.calls;
		uint32_t number;

		n = name(buf, i);
		number = pool_put(&pool, buf, n);
		kept[i] = pool_text(&pool, number, &n);
		sum = sum * 31 + number;
		if ((size_t)(heap.calls - calls) > most)
			most = (size_t)(heap.calls - calls);
	}
	fprintf(out, "sum %" PRIu32 ", most calls %d, on average %d\n", sum, most > 4, heap.calls - before > 6000);
	before = heap.calls;
	for (int i = 0; i < 3000; i++) {
		uint32_t number;

		n = name(buf, i);
		number = pool_find(&pool, buf, n);
		right += number == (uint32_t)i + 1 && pool_put(&pool, buf, n) == number;
		same += pool_text(&pool, number, &n) == kept[i] && n == strlen(buf) && !memcmp(kept[i], buf, n + 1);
	}
	fprintf(out, "right %u, same %u, calls %ld\n", right, same, heap.calls - before);
	pool_free(&pool);
	errors();

	/* each request fails once */
	for (int i = 0; i < 300; i++) {
		uint32_t number;

		n = name(buf, i);
		for (long nth = 1;; nth++) {
			heap.fail_at = heap.asked + nth;
			number = pool_put(&pool, buf, n);
			if (number != POOL_NONE)
				break;
			failures++;
			still += pool_find(&pool, buf, n) != POOL_NONE || pool_text(&pool, (uint32_t)i, &n);
			for (int j = i < 5 ? 0 : i - 5; j < i; j++) {
				char other[80];
				size_t length = name(other, j);

				lost += pool_find(&pool, other, length) != (uint32_t)j;
			}
			if (nth > 10)
				return 1;
		}
		sum = sum * 31 + number;
	}
	fprintf(out, "sum %" PRIu32 ", failures %d, there all the same %u, lost %u\n", sum, failures > 0, still, lost);
	heap.fail_at = 0;
	right = 0;
	for (int i = 0; i < 300; i++) {
		n = name(buf, i);
		right += pool_find(&pool, buf, n) == (uint32_t)i;
	}
	fprintf(out, "right %u\n", right);
	pool_free(&pool);
	errors();
	return fclose(out) != 0;
}
