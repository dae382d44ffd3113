/* SPDX-License-Identifier: Apache-2.0 */
#include "cli/inventory_list.h"

#include "analysis/hardcoded.h"
#include "analysis/seen.h"
#include "core/address.h"
#include "core/error.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { ELSEWHERE_MAX = 1 << 16, NAME_MAX_BYTES = 256 };

/* The row of a host: rows are in the order of names. */
static struct inventory_row *find(struct inventory_list *l, const char *name)
{
	size_t low = 0, high = l->found->count;
	while (low < high) {
		size_t at = low + (high - low) / 2;
		int order = strcmp(name, l->rows[at].host->name);
		if (order == 0)
			return &l->rows[at];
		if (order < 0)
			high = at;
		else
			low = at + 1;
	}
	return NULL;
}

static void add_seen(struct inventory_row *row, const struct seen *s)
{
	row->lookups += s->lookups;
	row->connections += s->connections;
	if (row->first_ns == 0 || s->first_ns < row->first_ns)
		row->first_ns = s->first_ns;
	if (s->last_ns > row->last_ns)
		row->last_ns = s->last_ns;
}

/* Addresses are told by the session's own report, and names of reverse lookups are theirs. */
static void add_elsewhere(struct inventory_list *l, const char *name)
{
	struct address a;
	struct slice text = slice_of_string(name);
	if (address_parse(text, &a) || slice_ends(text, ".arpa") || l->elsewhere_count == ELSEWHERE_MAX)
		return;
	if (l->elsewhere_count == l->elsewhere_room) {
		l->elsewhere_room = l->elsewhere_room ? 2 * l->elsewhere_room : 64;
		l->elsewhere = must_realloc(l->elsewhere, l->elsewhere_room, sizeof *l->elsewhere);
	}
	l->elsewhere[l->elsewhere_count++] = must_strdup(name);
}

/* "*.vendor.com" is any name that ends with it. */
static bool add_to_wild(struct inventory_list *l, const struct seen *s, const char *name)
{
	char wild[NAME_MAX_BYTES + 2];
	bool any = false;
	for (const char *dot = strchr(name, '.'); dot; dot = strchr(dot + 1, '.')) {
		snprintf(wild, sizeof wild, "*%s", dot);
		struct inventory_row *row = find(l, wild);
		if (row)
			add_seen(row, s);
		any = any || row;
	}
	return any;
}

static void on_seen(void *to, const struct seen *s)
{
	struct inventory_list *l = to;
	char name[NAME_MAX_BYTES];
	if (!slice_to_string(s->name, name, sizeof name))
		return; /* longer than any name in a program can be */
	struct inventory_row *row = find(l, name);
	if (row)
		add_seen(row, s);
	if (!add_to_wild(l, s, name) && !row)
		add_elsewhere(l, name);
}

enum status inventory_list_make(struct found *found, struct store *store, struct inventory_list *ret,
				struct error *err)
{
	*ret = (struct inventory_list){.found = found, .joined = store != NULL};
	ret->rows = must_alloc(found->count + 1, sizeof *ret->rows);
	for (size_t i = 0; i < found->count; i++) {
		const struct found_host *h = found->hosts[i];
		ret->rows[i] = (struct inventory_row){.host = h, .vector = hardcoded_vector(h->name, h->port)};
	}
	return store ? seen_each(store, on_seen, ret, err) : OK;
}

void inventory_list_free(struct inventory_list *l)
{
	for (size_t i = 0; i < l->elsewhere_count; i++)
		free(l->elsewhere[i]);
	free(l->elsewhere);
	free(l->rows);
	*l = (struct inventory_list){0};
}
