#include "summary.h"

#include <string.h>

const struct row *summary_find(const struct summary *s, const char *name, const char *unit)
{
	for (size_t i = 0; i < s->count; i++)
		if (!strcmp(s->rows[i].name, name) && !strcmp(s->rows[i].unit, unit))
			return &s->rows[i];
	return NULL;
}

bool summary_add(struct summary *s, const struct reading *r)
{
	struct row *row = (struct row *)summary_find(s, r->name, r->unit);

	if (!row) {
		if (s->count == SUMMARY_ROWS)
			return false;
		row = &s->rows[s->count++];
		strcpy(row->name, r->name);
		row->least = row->most = r->value;
		row->count = 0;
	}
	if (r->value < row->least)
		row->least = r->value;
	if (r->value > row->most)
		row->most = r->value;
	row->count++;
	return true;
}

long summary_widest(const struct summary *s)
{
	long widest = 0;

	for (size_t i = 0; i < s->count; i++)
		if (s->rows[i].most - s->rows[i].least > widest)
			widest = s->rows[i].most - s->rows[i].least;
	return widest;
}
