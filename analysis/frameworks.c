/* SPDX-License-Identifier: Apache-2.0 */
#include "analysis/frameworks.h"

#include "core/text.h"
#include "tables.h" /* generated */

#include <stdlib.h>

enum { NAMES_MAX = 512, NAME_SHOWN_MAX = 32 };

struct known {
	struct control row;
	const char *origin; /* in a file of `files`; NULL: this build */
};

struct frameworks {
	struct known *at; /* in the order in which they were added */
	size_t count, capacity;
	struct site_files files;
};

static enum status refuse(const char *name, unsigned line, unsigned column, const char *why, struct error *err)
{
	return fail(err, ERR_CONFIG, "%s: line %u, column %u: %s", name, line, column, why);
}

/* Of those of the same file, which begin at `from`. */
static bool is_twice(const struct frameworks *all, size_t from, const struct control *row)
{
	for (size_t i = from; i < all->count; i++) {
		const struct control *other = &all->at[i].row;
		if (slice_equal(other->objective, row->objective) && slice_equal(other->control, row->control) &&
		    slice_equal(other->framework, row->framework))
			return true;
	}
	return false;
}

static void add_row(struct frameworks *all, const struct control *row, const char *origin)
{
	if (all->count == all->capacity) {
		all->capacity = all->capacity ? 2 * all->capacity : 64;
		all->at = must_realloc(all->at, all->capacity, sizeof *all->at);
	}
	all->at[all->count++] = (struct known){*row, origin};
}

static enum status read_lines(struct frameworks *all, struct slice text, const char *name, const char *origin,
			      struct error *err)
{
	struct cursor c = cursor_over(text);
	struct slice line;
	struct control row;
	const char *why;
	unsigned number = 0, column;
	size_t from = all->count;
	while (cursor_line(&c, &line, NULL)) {
		number++;
		if (number == 1 && slice_starts(line, "\xef\xbb\xbf"))
			line = slice_part(line, 3, line.size);
		if (number == 1 && !slice_is(line, control_heading))
			return refuse(name, 1, 1, "the first line is not the heading of a table of controls", err);
		if (number == 1 || line.size == 0 || slice_starts(line, "#"))
			continue;
		if (all->count == FRAMEWORKS_ROWS_MAX)
			return fail(err, ERR_LIMIT, "%s: line %u: more than %d objectives", name, number, FRAMEWORKS_ROWS_MAX);
		if (!control_read(line, &row, &column, &why))
			return refuse(name, number, column, why, err);
		if (is_twice(all, from, &row))
			return refuse(name, number, 5, "objective: the same one stands in a line before", err);
		add_row(all, &row, origin);
	}
	return number ? OK : refuse(name, 1, 1, "it is empty", err);
}

/* What was known before of the frameworks that begin at `from` goes. */
static void replace(struct frameworks *all, size_t from)
{
	size_t kept = 0;
	for (size_t i = 0; i < all->count; i++) {
		bool gone = false;
		for (size_t n = from; n < all->count && i < from && !gone; n++)
			gone = slice_equal(all->at[i].row.framework, all->at[n].row.framework);
		if (!gone)
			all->at[kept++] = all->at[i];
	}
	all->count = kept;
}

struct frameworks *frameworks_new(void)
{
	struct frameworks *all = must_alloc(1, sizeof *all);
	struct error err = {0};
	if (read_lines(all, slice_of(embedded_table_controls, embedded_table_controls_size), "schema/controls.tsv", NULL, &err))
		die("%s", err.text); /* a fault of the build: a test reads it */
	return all;
}

void frameworks_free(struct frameworks *all)
{
	if (!all)
		return;
	site_files_free(&all->files);
	free(all->at);
	free(all);
}

enum status frameworks_add(struct frameworks *all, struct slice text, const char *name, struct error *err)
{
	const struct site_file *file;
	size_t before = all->count;
	enum status status = site_files_add(&all->files, text, FRAMEWORKS_TEXT_MAX, name, "controls", &file, err);
	if (status)
		return status;
	status = read_lines(all, file->text, name, file->name, err);
	if (status) {
		all->count = before;
		site_files_drop(&all->files);
		return status;
	}
	replace(all, before);
	return OK;
}

size_t frameworks_count(const struct frameworks *all)
{
	return all->count;
}

const struct control *frameworks_at(const struct frameworks *all, size_t n)
{
	return &all->at[n].row;
}

const char *frameworks_origin(const struct frameworks *all, size_t n)
{
	return all->at[n].origin;
}

const struct site_files *frameworks_files(const struct frameworks *all)
{
	static const struct site_files none = {.count = 0};
	return all ? &all->files : &none;
}

static bool is_known(const struct frameworks *all, struct slice word)
{
	for (size_t i = 0; i < all->count; i++)
		if (slice_equal(all->at[i].row.framework, word))
			return true;
	return false;
}

/* Each once: the objectives of one may stand apart. */
static void add_names(const struct frameworks *all, struct text *ret)
{
	for (size_t i = 0; i < all->count; i++) {
		struct slice name = all->at[i].row.framework;
		bool before = false;
		for (size_t n = 0; n < i && !before; n++)
			before = slice_equal(all->at[n].row.framework, name);
		if (before)
			continue;
		text_add_string(ret, ret->size ? ", " : "");
		text_add(ret, name);
	}
}

enum status frameworks_know(const struct frameworks *all, const char *list, struct error *err)
{
	struct cursor c = cursor_over(slice_of_string(list));
	struct slice word;
	for (bool more = true; more;) {
		more = cursor_until(&c, ',', cursor_left(&c), &word);
		word = slice_trim(more ? word : cursor_rest(&c));
		if (is_known(all, word))
			continue;
		AUTO_TEXT struct text shown = text_make(NAMES_MAX), known = text_make(NAMES_MAX);
		text_add_printable(&shown, word, NAME_SHOWN_MAX);
		add_names(all, &known);
		return fail(err, ERR_CONFIG, "there is no framework \"%s\"; there are: %s (--controls FILE adds one)",
			    text_string(&shown), text_string(&known));
	}
	return OK;
}
