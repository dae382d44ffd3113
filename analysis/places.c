/* SPDX-License-Identifier: Apache-2.0 */
#include "analysis/places.h"

#include "core/intern.h"

#include <stdlib.h>
#include <string.h>

enum { TEXTS_MAX = 1 << 30 /* bytes of destinations */ };

struct places {
	struct store *store; /* not owned */
	struct own own;
	struct intern *texts;
	struct place *at; /* by the number of its text */
	size_t count, room;
	bool netns_read;
	int64_t *netns; /* those of the suite's own connections, in order */
	size_t netns_count;
};

enum status places_new(struct store *store, struct places **ret, struct error *err)
{
	struct places *p = must_alloc(1, sizeof *p);
	*p = (struct places){.store = store, .texts = intern_new(TEXTS_MAX)};
	enum status status = own_load(store, &p->own, err);
	if (status) {
		places_free(p);
		return status;
	}
	*ret = p;
	return OK;
}

void places_free(struct places *p)
{
	if (!p)
		return;
	intern_free(p->texts);
	free(p->at);
	free(p->netns);
	free(p);
}

/* What is no address (a frame without one) counts as the link it went out on. */
static struct place place_of(const struct places *p, struct slice dst)
{
	struct place ret = {.known = address_parse(dst, &ret.address)};
	ret.plain = address_class_name(ret.known ? address_class(&ret.address) : CLASS_LINK_LOCAL);
	ret.class = ret.known ? address_class_name(own_class(&p->own, &ret.address)) : ret.plain;
	return ret;
}

enum status places_find(struct places *p, struct slice dst, const struct place **ret, struct error *err)
{
	uint32_t number = intern_add(p->texts, dst);
	if (number == INTERN_NONE)
		return fail(err, ERR_LIMIT, "more destinations than can be judged");
	if (number == p->count) {
		if (p->count == p->room) {
			p->room = p->room ? 2 * p->room : 1024;
			p->at = must_realloc(p->at, p->room, sizeof *p->at);
		}
		p->at[p->count++] = place_of(p, dst);
	}
	*ret = &p->at[number];
	return OK;
}

static enum status read_netns(struct places *p, struct error *err)
{
	bool row;
	sqlite3_stmt *q = store_query(p->store, QUERY_SUITE_NETNS);
	enum status status = store_step(q, &row, err);
	for (; !status && row; status = store_step(q, &row, err)) {
		p->netns = must_realloc(p->netns, p->netns_count + 1, sizeof *p->netns);
		p->netns[p->netns_count++] = store_i64(q, 0);
	}
	sqlite3_reset(q);
	p->netns_read = !status;
	return status;
}

static int by_number(const void *left, const void *right)
{
	const int64_t *a = left, *b = right;
	return (*a > *b) - (*a < *b);
}

static enum status is_ours(struct places *p, const struct place *place, int64_t time_ns, const int64_t *netns,
			   bool *ret, struct error *err)
{
	char text[ADDRESS_TEXT_MAX];
	int64_t found = 0;
	enum status status = p->netns_read ? OK : read_netns(p, err);
	*ret = false;
	if (status || (netns && !bsearch(netns, p->netns, p->netns_count, sizeof *netns, by_number)))
		return status;
	address_text(&place->address, text);
	sqlite3_stmt *q = store_query(p->store, QUERY_OWN_AT);
	store_bind_text(q, 1, text);
	store_bind_i64(q, 2, time_ns);
	status = store_number(q, &found, err);
	*ret = found != 0;
	return status;
}

enum status places_class(struct places *p, const struct place *place, int64_t time_ns, const int64_t *netns,
			 const char **ret, struct error *err)
{
	bool ours = true;
	enum status status = OK;
	if (!strcmp(place->class, address_class_name(CLASS_OWN)))
		status = is_ours(p, place, time_ns, netns, &ours, err);
	*ret = ours ? place->class : place->plain;
	return status;
}
