#include "list.h"

#include <stdint.h>
#include <string.h>

bool list_reserve(struct list *l, size_t count)
{
	size_t room = l->room < 4 ? 4 : l->room;
	long *at;

	if (count <= l->room)
		return true;
	while (room < count)
		room = room <= SIZE_MAX / 2 ? 2 * room : count;
	if (room > SIZE_MAX / sizeof *at)
		room = count;
	if (room > SIZE_MAX / sizeof *at)
		return false;
	l->room = room;
	at = l->resize(l->context, l->at, room * sizeof *at);
	if (!at)
		return false;
	l->at = at;
	return true;
}

bool list_insert(struct list *l, size_t index, const long *from, size_t n)
{
	bool inside = false;
	size_t offset = 0, before;

	if (index > l->count || n > SIZE_MAX - l->count)
		return false;
	if (!n)
		return true;
	if (l->at && (uintptr_t)from >= (uintptr_t)l->at && (uintptr_t)from < (uintptr_t)(l->at + l->count)) {
		inside = true;
		offset = (size_t)(from - l->at);
	}
	if (!list_reserve(l, l->count + n))
		return false;
	memmove(l->at + index + n, l->at + index, (l->count - index) * sizeof *l->at);
	l->count += n;
	if (!inside) {
		memcpy(l->at + index, from, n * sizeof *from);
		return true;
	}
	/* those before the gap are where they were, the others n places on */
	before = offset >= index ? 0 : index - offset < n ? index - offset : n;
	memmove(l->at + index, l->at + offset, before * sizeof *l->at);
	memmove(l->at + index + before, l->at + offset + before + n, (n - before) * sizeof *l->at);
	return true;
}

bool list_push(struct list *l, const long *number)
{
	long kept = *number;

	return list_insert(l, l->count, &kept, 1);
}

size_t list_remove(struct list *l, size_t index, size_t n)
{
	if (index >= l->count)
		return 0;
	if (n > l->count - index)
		n = l->count - index;
	memmove(l->at + index, l->at + index + n, (l->count - index - n) * sizeof *l->at);
	l->count -= n;
	return n;
}

size_t list_purge(struct list *l, const long *number)
{
	long wanted = *number;
	size_t kept = 0, removed;

	for (size_t i = 0; i < l->count; i++)
		if (l->at[i] != wanted)
			l->at[kept++] = l->at[i];
	removed = l->count - kept;
	l->count = kept;
	return removed;
}

void list_free(struct list *l)
{
	if (l->at)
		l->resize(l->context, l->at, 0);
	l->at = NULL;
	l->count = l->room = 0;
}
