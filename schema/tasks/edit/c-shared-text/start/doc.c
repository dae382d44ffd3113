#include "doc.h"

#include <string.h>

static struct text *copy(const struct text *t)
{
	return text_new(text_bytes(t), text_length(t));
}

bool doc_add(struct doc *d, const struct text *line)
{
	if (d->count == DOC_LINES)
		return false;
	d->lines[d->count++] = copy(line);
	return true;
}

bool doc_set(struct doc *d, size_t i, const struct text *line)
{
	struct text *old;

	if (i >= d->count)
		return false;
	old = d->lines[i];
	d->lines[i] = copy(line);
	text_free(old);
	return true;
}

const struct text *doc_line(const struct doc *d, size_t i)
{
	return i < d->count ? d->lines[i] : NULL;
}

void doc_remove(struct doc *d, size_t i)
{
	if (i >= d->count)
		return;
	text_free(d->lines[i]);
	d->count--;
	memmove(d->lines + i, d->lines + i + 1, (d->count - i) * sizeof *d->lines);
}

void doc_copy(struct doc *to, const struct doc *from)
{
	if (to == from)
		return;
	doc_clear(to);
	for (size_t i = 0; i < from->count; i++)
		doc_add(to, from->lines[i]);
}

void doc_clear(struct doc *d)
{
	while (d->count > 0)
		text_free(d->lines[--d->count]);
}
