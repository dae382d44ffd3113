#include "doc.h"

#include <stdlib.h>
#include <string.h>

bool doc_add(struct doc *d, struct text *line)
{
	if (d->count == DOC_LINES)
		return false;
	d->lines[d->count++] = text_keep(line);
	return true;
}

bool doc_set(struct doc *d, size_t i, struct text *line)
{
	struct text *old;

	if (i >= d->count)
		return false;
	old = d->lines[i];
	d->lines[i] = text_keep(line);
	text_drop(old);
	return true;
}

struct text *doc_line(const struct doc *d, size_t i)
{
	return i < d->count ? d->lines[i] : NULL;
}

void doc_remove(struct doc *d, size_t i)
{
	if (i >= d->count)
		return;
	text_drop(d->lines[i]);
	d->count--;
	memmove(d->lines + i, d->lines + i + 1, (d->count - i) * sizeof *d->lines);
}

void doc_copy(struct doc *to, const struct doc *from)
{
	if (to == from)
		return;
	doc_clear(to);
	for (size_t i = 0; i < from->count; i++) {
		struct text *copy = text_new(text_bytes(from->lines[i]), text_length(from->lines[i]));

		doc_add(to, copy);
		text_drop(copy);
	}
}

void doc_clear(struct doc *d)
{
	while (d->count > 0)
		text_drop(d->lines[--d->count]);
}

static struct text *join(struct text *a, struct text *b)
{
	size_t n = text_length(a), m = text_length(b);
	struct text *both;
	char *bytes;

	if (n == 0)
		return text_keep(b);
	if (m == 0)
		return text_keep(a);
	bytes = malloc(n + m);
	if (!bytes)
		abort();
	memcpy(bytes, text_bytes(a), n);
	memcpy(bytes + n, text_bytes(b), m);
	both = text_new(bytes, n + m);
	free(bytes);
	return both;
}

bool doc_join(struct doc *d, size_t line)
{
	struct text *both;

	if (d->count < 2 || line > d->count - 2)
		return false;
	both = join(d->lines[line], d->lines[line + 1]);
	doc_set(d, line, both);
	text_drop(both);
	doc_remove(d, line + 1);
	return true;
}

void doc_insert(struct doc *to, size_t line, const struct doc *from)
{
	struct doc lines = { .count = 0 };
	size_t n = from->count;

	if (line > to->count)
		line = to->count;
	if (n > DOC_LINES - to->count)
		n = DOC_LINES - to->count;
	doc_copy(&lines, from);
	memmove(to->lines + line + n, to->lines + line, (to->count - line) * sizeof *to->lines);
	for (size_t i = 0; i < n; i++)
		to->lines[line + i] = text_keep(lines.lines[i]);
	to->count += n;
	doc_clear(&lines);
}
