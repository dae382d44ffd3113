/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The scalars of TOML 1.0, under the table they stand in:
 *
 *   model = "m"                  →  model = m
 *   [model_providers.local]
 *   base_url = 'http://…'        →  model_providers.local.base_url = http://…
 *   [[servers]]                  →  servers.0.…
 *
 * Arrays and strings over several lines are passed over, whatever stands in them; an
 * inline table is told as not understood.
 */
#include "ingest/posture/scalar.h"

#include <stdlib.h>

enum { ARRAYS_MAX = 64 };

struct toml {
	struct posture *p;
	struct scalar_path path;
	size_t table;           /* length of the path of the table */
	const char *string_end; /* a string goes on up to this; NULL: none does */
	unsigned brackets;      /* an array goes on: how many are open */
	char arrays[ARRAYS_MAX][128]; /* names of arrays of tables, and how many of each */
	unsigned counts[ARRAYS_MAX];
	size_t array_count;
};

/* The next part of a dotted name, bare or quoted, and what follows behind its '.'. */
static bool next_part(struct slice *name, struct slice *ret)
{
	struct slice rest = slice_trim(*name);
	if (!scalar_quoted(rest, ret, name)) {
		size_t dot = slice_find(rest, '.');
		*ret = slice_trim(slice_part(rest, 0, dot));
		*name = slice_part(rest, dot, rest.size);
	}
	*name = slice_trim(*name);
	bool more = slice_starts(*name, ".");
	if (name->size > 0 && !more)
		return false;
	*name = slice_part(*name, more ? 1 : 0, name->size);
	return ret->size > 0;
}

static bool push_name(struct toml *t, size_t size, struct slice name)
{
	struct slice part;
	t->path.used = size;
	do {
		if (!next_part(&name, &part) || !scalar_push(&t->path, t->path.used, part))
			return false;
	} while (name.size > 0);
	return true;
}

/* The number of this table in its array; 0 too where there are more arrays than known. */
static unsigned next_of_array(struct toml *t)
{
	char name[128];
	if (!slice_to_string(scalar_path(&t->path), name, sizeof name))
		return 0;
	for (size_t i = 0; i < t->array_count; i++)
		if (!strcmp(t->arrays[i], name))
			return ++t->counts[i];
	if (t->array_count < ARRAYS_MAX)
		memcpy(t->arrays[t->array_count++], name, sizeof name);
	return 0;
}

static enum status take_table(struct toml *t, struct slice line, struct error *err)
{
	bool array = slice_starts(line, "[[");
	size_t lead = array ? 2 : 1;
	struct slice plain = scalar_uncomment(line, '#');
	bool ends = slice_ends(plain, array ? "]]" : "]") && plain.size > 2 * lead;
	struct slice name = slice_part(plain, lead, ends ? plain.size - 2 * lead : 0);
	if (!ends || !push_name(t, 0, name) || (array && !scalar_push_number(&t->path, t->path.used, next_of_array(t)))) {
		t->table = 0;
		return posture_unsure(t->p, "the heading of a table that cannot be read", line, err);
	}
	t->table = t->path.used;
	return OK;
}

/* Brackets outside of strings. */
static void count_brackets(struct toml *t, struct slice text)
{
	unsigned char quote = 0;
	for (size_t i = 0; i < text.size; i++) {
		unsigned char c = text.at[i];
		if (quote) {
			if (c == '\\' && quote == '"')
				i++;
			else if (c == quote)
				quote = 0;
			continue;
		}
		if (c == '#')
			return;
		if (c == '"' || c == '\'')
			quote = c;
		if (c == '[')
			t->brackets++;
		if (c == ']' && t->brackets > 0)
			t->brackets--;
	}
}

static enum status take_value(struct toml *t, struct slice value, struct slice line, struct error *err)
{
	static const char *const marks[] = {"\"\"\"", "'''"};
	struct slice inside, rest;
	for (size_t i = 0; i < LENGTH(marks); i++) {
		if (!slice_starts(value, marks[i]))
			continue;
		rest = slice_part(value, 3, value.size);
		if (slice_search(rest, slice_of_string(marks[i])) == rest.size)
			t->string_end = marks[i];
		return OK;
	}
	if (slice_starts(value, "[")) {
		count_brackets(t, value);
		return OK;
	}
	if (slice_starts(value, "{"))
		return posture_unsure(t->p, "a table on one line", line, err);
	if (scalar_quoted(value, &inside, &rest))
		return posture_fact(t->p, scalar_path(&t->path), inside, err);
	inside = scalar_uncomment(value, '#');
	if (inside.size == 0 || inside.at[0] == '"' || inside.at[0] == '\'')
		return posture_unsure(t->p, "a setting without a value", line, err);
	return posture_fact(t->p, scalar_path(&t->path), inside, err);
}

/* The '=' behind a name, whose parts may be quoted. */
static size_t find_equals(struct slice line)
{
	unsigned char quote = 0;
	for (size_t i = 0; i < line.size; i++) {
		unsigned char c = line.at[i];
		if (quote)
			quote = c == quote ? 0 : quote;
		else if (c == '"' || c == '\'')
			quote = c;
		else if (c == '=')
			return i;
	}
	return line.size;
}

static enum status take_line(struct toml *t, struct slice line, struct error *err)
{
	if (t->string_end) {
		if (slice_search(line, slice_of_string(t->string_end)) < line.size)
			t->string_end = NULL;
		return OK;
	}
	line = slice_trim(line);
	if (t->brackets) {
		count_brackets(t, line);
		return OK;
	}
	if (line.size == 0 || line.at[0] == '#')
		return OK;
	if (line.at[0] == '[')
		return take_table(t, line, err);
	size_t equals = find_equals(line);
	if (equals == line.size || !push_name(t, t->table, slice_trim(slice_part(line, 0, equals))))
		return posture_unsure(t->p, "a line that is no setting", line, err);
	return take_value(t, slice_trim(slice_part(line, equals + 1, line.size)), line, err);
}

enum status posture_toml(struct posture *p, struct slice text, struct error *err)
{
	struct toml *t = must_alloc(1, sizeof *t);
	struct cursor c = cursor_over(text);
	struct slice line;
	enum status status = OK;
	t->p = p;
	while (!status && cursor_line(&c, &line, NULL))
		status = line.size <= POSTURE_LINE_MAX
				 ? take_line(t, line, err)
				 : posture_unsure(p, "a line that is too long", slice_part(line, 0, 120), err);
	free(t);
	return status;
}
