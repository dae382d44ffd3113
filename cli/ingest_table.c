/* SPDX-License-Identifier: Apache-2.0 */
#include "cli/ingest_table.h"

#include "core/clock.h"

#include <stdlib.h>
#include <string.h>

enum { TEXTS_MAX = 256 << 20, PATH_SHOWN = 48, PROBLEM_SHOWN = 100 };

struct ingest_table ingest_table_new(void)
{
	return (struct ingest_table){.arena = arena_new(TEXTS_MAX)};
}

void ingest_table_free(struct ingest_table *t)
{
	arena_free(t->arena);
	free(t->lines);
	*t = (struct ingest_table){0};
}

static const char *copy(struct ingest_table *t, const char *text)
{
	return text ? arena_string(t->arena, slice_of_string(text)) : NULL;
}

bool ingest_table_add(struct ingest_table *t, const struct ingest_line *line)
{
	if (t->count == t->room) {
		t->room = t->room ? 2 * t->room : 64;
		t->lines = must_realloc(t->lines, t->room, sizeof *t->lines);
	}
	struct ingest_line *l = &t->lines[t->count];
	*l = *line;
	l->path = copy(t, line->path);
	l->reader = copy(t, line->reader);
	l->zone = copy(t, line->zone);
	l->problem = copy(t, line->problem);
	t->count += l->path != NULL;
	return l->path != NULL;
}

/* The end of a long path tells more than its beginning. */
static void add_path(const char *path, size_t width, struct text *ret)
{
	AUTO_TEXT struct text shown = text_make(8 * PATH_SHOWN);
	size_t size = strlen(path);
	bool cut = size > PATH_SHOWN;
	if (cut)
		text_add_string(&shown, "…");
	text_add_printable(&shown, slice_of_string(cut ? path + size - PATH_SHOWN + 1 : path), PATH_SHOWN);
	text_add(ret, text_slice(&shown));
	for (size_t i = cut ? PATH_SHOWN : shown.size; i < width; i++)
		text_add_char(ret, ' ');
}

static void add_time(int64_t ns, struct text *ret)
{
	char text[CLOCK_TEXT_MAX] = "-";
	if (ns)
		clock_text(ns, 0, text);
	text_addf(ret, "  %-20s", text);
}

static void add_line(const struct ingest_line *l, size_t width, size_t reader_width, struct text *ret)
{
	add_path(l->path, width, ret);
	if (!l->reader) {
		struct slice why = slice_of_string(l->problem ? l->problem : "");
		text_add_string(ret, "  not read: ");
		text_add_printable(ret, slice_part(why, 0, slice_find(why, ';')), PROBLEM_SHOWN);
		text_add_char(ret, '\n');
		return;
	}
	text_addf(ret, "  %-*s %9llu %9llu", (int)reader_width, l->reader, (unsigned long long)l->tally.rows,
		  (unsigned long long)l->not_read);
	add_time(l->tally.first_ns, ret);
	add_time(l->tally.last_ns, ret);
	text_addf(ret, "  %s\n", l->zone ? l->zone : "-");
}

void ingest_table_print(const struct ingest_table *t, struct text *ret)
{
	size_t width = 4, reader_width = 16, read = 0;
	uint64_t rows = 0, not_read = 0;
	for (size_t i = 0; i < t->count; i++) {
		size_t size = strlen(t->lines[i].path);
		size = size < PATH_SHOWN ? size : PATH_SHOWN;
		width = size > width ? size : width;
		size = t->lines[i].reader ? strlen(t->lines[i].reader) : 0;
		reader_width = size > reader_width ? size : reader_width;
	}
	text_addf(ret, "%-*s  %-*s %9s %9s  %-20s  %-20s  %s\n", (int)width, "FILE", (int)reader_width, "READER", "ROWS", "NOT READ",
		  "FROM", "TO", "ZONE");
	for (size_t i = 0; i < t->count; i++) {
		const struct ingest_line *l = &t->lines[i];
		add_line(l, width, reader_width, ret);
		read += l->reader != NULL;
		rows += l->tally.rows;
		not_read += l->not_read;
	}
	text_addf(ret, "%zu of %zu %s read: %llu %s, %llu %s not understood\n", read, t->count,
		  text_plural(t->count, "file", "files"), (unsigned long long)rows, text_plural(rows, "row", "rows"),
		  (unsigned long long)not_read, text_plural(not_read, "line or packet", "lines or packets"));
}
