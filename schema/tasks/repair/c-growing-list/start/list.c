#include "list.h"

#include <stdint.h>
#include <string.h>

bool list_reserve(struct list *l, size_t count)
{
	if (count <= l->room)
		return true;
	while (l->room < count)
		l->room = l->room ? 2 * l->room : 4;
	l->at = l->resize(l->context, l->at, l->room * sizeof *l->at);
	return l->at != NULL;
}

bool list_insert(struct list *l, size_t index, const long *from, size_t n)
{
	if (index > l->count || !list_reserve(l, l->count + n))
		return false;
	memmove(l->at + index + n, l->at + index, (l->count - index) * sizeof *l->at);
	memmove(l->at + index, from, n * sizeof *from);
	l->count += n;
	return true;
}

bool list_push(struct list *l, const long *number)
{
	if (!list_reserve(l, l->count + 1))
		return false;
	l->at[l->count++] = *number;
	return true;
}

size_t list_remove(struct list *l, size_t index, size_t n)
{
	if (index + n > l->count)
		n = l->count - index;
	memmove(l->at + index, l->at + index + n, (l->count - index - n) * sizeof *l->at);
	l->count -= n;
	return n;
}

size_t list_purge(struct list *l, const long *number)
{
	size_t removed = 0;

	for (size_t i = 0; i < l->count; i++)
		if (l->at[i] == *number)
			removed += list_remove(l, i, 1);
	return removed;
}

void list_free(struct list *l)
{
	l->resize(l->context, l->at, 0);
	l->count = l->room = 0;
}
