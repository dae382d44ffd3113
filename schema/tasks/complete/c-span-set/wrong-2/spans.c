#include "spans.h"

#include <string.h>

/* The first span whose last number is `number` or greater. */
static size_t find(const struct spans *s, uint32_t number)
{
	size_t low = 0, high = s->count;

	while (low < high) {
		size_t middle = low + (high - low) / 2;

		if (s->at[middle].last < number)
			low = middle + 1;
		else
			high = middle;
	}
	return low;
}

/* Puts `n` spans in the place of those from `from` to `to` - 1. */
static bool replace(struct spans *s, size_t from, size_t to, const struct span *with, size_t n)
{
	size_t count = s->count - (to - from) + n;

	if (count > s->room)
		return false;
	if (from + n != to)
		memmove(s->at + from + n, s->at + to, (s->count - to) * sizeof *s->at);
	for (size_t i = 0; i < n; i++)
		s->at[from + i] = with[i];
	s->count = count;
	return true;
}

bool spans_add(struct spans *s, uint32_t first, uint32_t last)
{
	size_t from, to;
	struct span whole = { first, last };

	if (first > last)
		return true;
	if (s->count == s->room)
		return false;
	/* those that only touch are joined too */
	from = find(s, first ? first - 1 : 0);
	for (to = from; to < s->count && (last == UINT32_MAX || s->at[to].first <= last + 1); to++) {
		if (s->at[to].first < whole.first)
			whole.first = s->at[to].first;
		if (s->at[to].last > whole.last)
			whole.last = s->at[to].last;
	}
	return replace(s, from, to, &whole, 1);
}

bool spans_remove(struct spans *s, uint32_t first, uint32_t last)
{
	size_t from, to, n = 0;
	struct span left[2];

	if (first > last)
		return true;
	from = find(s, first);
	for (to = from; to < s->count && s->at[to].first <= last; to++)
		;
	if (from < to && s->at[from].first < first)
		left[n++] = (struct span){ s->at[from].first, first - 1 };
	if (from < to && s->at[to - 1].last > last)
		left[n++] = (struct span){ last + 1, s->at[to - 1].last };
	return replace(s, from, to, left, n);
}

bool spans_has(const struct spans *s, uint32_t number)
{
	size_t i = find(s, number);

	return i < s->count && s->at[i].first <= number;
}

uint64_t spans_total(const struct spans *s)
{
	uint64_t total = 0;

	for (size_t i = 0; i < s->count; i++)
		total += (uint64_t)s->at[i].last - s->at[i].first + 1;
	return total;
}
