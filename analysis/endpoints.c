/* SPDX-License-Identifier: Apache-2.0 */
#include "analysis/endpoints.h"

#include "tables.h" /* generated */

#include <stdlib.h>

enum { LABELS_MAX = 128 };

struct known {
	struct endpoint rule;
	const char *origin; /* in a file of `files`, or a constant */
	size_t place;       /* in the order in which they were added */
};

struct endpoints {
	struct known *at; /* by their hosts, those without one first; then by place */
	size_t count, capacity;
	struct site_files files;
};

static int by_host(const void *a, const void *b)
{
	const struct known *x = a, *y = b;
	int order = slice_compare(x->rule.suffix, y->rule.suffix);
	return order ? order : (x->place > y->place) - (x->place < y->place);
}

static int by_rule(const void *a, const void *b)
{
	const struct known *const *x = a, *const *y = b;
	int order = slice_compare((*x)->rule.rule, (*y)->rule.rule);
	return order ? order : ((*x)->place > (*y)->place) - ((*x)->place < (*y)->place);
}

/* The later one of two that are called the same; NULL where all differ. */
static const struct known *twice(const struct endpoints *all)
{
	const struct known **sorted = must_alloc(all->count, sizeof *sorted), *found = NULL;
	for (size_t i = 0; i < all->count; i++)
		sorted[i] = &all->at[i];
	qsort(sorted, all->count, sizeof *sorted, by_rule);
	for (size_t i = 1; i < all->count && !found; i++)
		if (slice_equal(sorted[i - 1]->rule.rule, sorted[i]->rule.rule))
			found = sorted[i];
	free(sorted);
	return found;
}

static void add_rule(struct endpoints *all, const struct endpoint *rule, const char *origin)
{
	if (all->count == all->capacity) {
		all->capacity = all->capacity ? 2 * all->capacity : 256;
		all->at = must_realloc(all->at, all->capacity, sizeof *all->at);
	}
	all->at[all->count] = (struct known){*rule, origin, all->count};
	all->count++;
}

static enum status refuse(const char *name, unsigned line, unsigned column, const char *why, struct error *err)
{
	return fail(err, ERR_CONFIG, "%s: line %u, column %u: %s", name, line, column, why);
}

static enum status read_lines(struct endpoints *all, struct slice text, const char *name, const char *origin,
			      struct error *err)
{
	struct cursor c = cursor_over(text);
	struct slice line;
	struct endpoint rule;
	const char *why;
	unsigned number = 0, column;
	while (cursor_line(&c, &line, NULL)) {
		number++;
		if (number == 1 && slice_starts(line, "\xef\xbb\xbf"))
			line = slice_part(line, 3, line.size);
		if (number == 1 && !slice_is(line, endpoint_heading))
			return refuse(name, 1, 1, "the first line is not the heading of a table of endpoints", err);
		if (number == 1 || line.size == 0 || slice_starts(line, "#"))
			continue;
		if (all->count == ENDPOINT_LINES_MAX)
			return fail(err, ERR_LIMIT, "%s: line %u: more than %d rules", name, number, ENDPOINT_LINES_MAX);
		if (!endpoint_read(line, &rule, &column, &why))
			return refuse(name, number, column, why, err);
		add_rule(all, &rule, origin);
	}
	return number ? OK : refuse(name, 1, 1, "it is empty", err);
}

static enum status read_file(struct endpoints *all, struct slice text, const char *name, const char *origin,
			     struct error *err)
{
	size_t before = all->count;
	enum status status = read_lines(all, text, name, origin, err);
	const struct known *same = status ? NULL : twice(all);
	if (same)
		status = fail(err, ERR_CONFIG, "%s: there is a rule \"%.*s\" already; choose another name", name,
			      (int)same->rule.rule.size, (const char *)same->rule.rule.at);
	if (status) /* the old ones are still the first: nothing was sorted yet */
		all->count = before;
	else if (all->count)
		qsort(all->at, all->count, sizeof *all->at, by_host);
	return status;
}

struct endpoints *endpoints_new(void)
{
	struct endpoints *all = must_alloc(1, sizeof *all);
	struct error err = {0};
	if (read_file(all, slice_of(embedded_table_endpoints, embedded_table_endpoints_size), "schema/endpoints.tsv",
		      "this build", &err))
		die("%s", err.text); /* a fault of the build: a test reads it */
	return all;
}

void endpoints_free(struct endpoints *all)
{
	if (!all)
		return;
	site_files_free(&all->files);
	free(all->at);
	free(all);
}

enum status endpoints_add(struct endpoints *all, struct slice text, const char *name, struct error *err)
{
	const struct site_file *file;
	enum status status = site_files_add(&all->files, text, ENDPOINT_TEXT_MAX, name, "endpoints", &file, err);
	if (status)
		return status;
	status = read_file(all, file->text, name, file->name, err);
	if (status)
		site_files_drop(&all->files);
	return status;
}

size_t endpoints_count(const struct endpoints *all)
{
	return all ? all->count : 0;
}

const struct endpoint *endpoints_at(const struct endpoints *all, size_t n)
{
	return &all->at[n].rule;
}

const char *endpoints_origin(const struct endpoints *all, size_t n)
{
	return all->at[n].origin;
}

const struct site_files *endpoints_files(const struct endpoints *all)
{
	static const struct site_files none = {.count = 0};
	return all ? &all->files : &none;
}

/* The first rule of which the host is not before this one. */
static size_t first_of(const struct endpoints *all, struct slice host)
{
	size_t from = 0, to = all->count;
	while (from < to) {
		size_t middle = from + (to - from) / 2;
		if (slice_compare(all->at[middle].rule.suffix, host) < 0)
			from = middle + 1;
		else
			to = middle;
	}
	return from;
}

struct best {
	const struct known *rule;
	uint32_t rank;
};

/* Those with exactly this host. */
static void try_host(const struct endpoints *all, struct slice host, const struct endpoint_asked *asked, struct best *b)
{
	for (size_t i = first_of(all, host); i < all->count && slice_equal(all->at[i].rule.suffix, host); i++) {
		uint32_t rank = endpoint_rank(&all->at[i].rule, asked);
		if (rank > b->rank || (rank && rank == b->rank && all->at[i].place > b->rule->place))
			*b = (struct best){&all->at[i], rank};
	}
}

const struct endpoint *endpoints_find(const struct endpoints *all, const struct endpoint_asked *asked)
{
	unsigned char small[ENDPOINT_FIELD_MAX + 1];
	struct best b = {0};
	struct slice host = asked->host;
	if (slice_ends(host, "."))
		host.size--;
	/* a longer name than any rule has still ends in one */
	if (host.size > sizeof small)
		host = slice_part(host, host.size - sizeof small, sizeof small);
	for (size_t i = 0; i < host.size; i++)
		small[i] = (unsigned char)(host.at[i] >= 'A' && host.at[i] <= 'Z' ? host.at[i] + 'a' - 'A' : host.at[i]);
	struct slice rest = slice_of(small, host.size);
	try_host(all, SLICE(""), asked, &b);
	for (int i = 0; i < LABELS_MAX && rest.size > 0; i++) {
		try_host(all, rest, asked, &b);
		rest = slice_part(rest, slice_find(rest, '.') + 1, rest.size);
	}
	return b.rule ? &b.rule->rule : NULL;
}
