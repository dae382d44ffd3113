/* SPDX-License-Identifier: Apache-2.0 */
/*
 * What entries speak of: a destination by address or by name, a process by number, or by
 * a name that some program of the session has, and of a sum the time until it ends.
 */
#include "analysis/match.h"

#include "core/address.h"

#include <stdlib.h>
#include <string.h>

enum { AS_EXE = 1, AS_COMM = 2 };

/* A name of a program counts where it is that of one, and no number says more. */
static void find_programs(struct match *m)
{
	size_t count = intern_count(m->programs);
	unsigned char *as = must_alloc(count, 1);
	for (size_t i = 0; i < m->attempt_count; i++) {
		as[m->attempts[i].exe] |= AS_EXE;
		as[m->attempts[i].comm] |= AS_COMM;
	}
	for (size_t i = 0; i < m->entry_count; i++) {
		struct match_entry *e = &m->entries[i];
		if (e->pid || !e->program)
			continue;
		e->named = as[e->program] == 0;
		if (as[e->program] & AS_EXE)
			e->by |= BY_EXE;
		else if (as[e->program] & AS_COMM)
			e->by |= BY_COMM;
	}
	free(as);
}

static void add_place(struct match *m, struct match_target *t, struct slice address)
{
	uint32_t place = intern_find(m->texts, address);
	if (place != INTERN_NONE && t->place_count < MATCH_PLACES_MAX)
		t->places[t->place_count++] = place;
}

static enum status add_named_places(struct match *m, struct match_target *t, const char *name,
				    struct error *err)
{
	bool row;
	sqlite3_stmt *q = store_query(m->store, QUERY_MATCH_ADDRESSES);
	store_bind_text(q, 1, name);
	enum status status = store_step(q, &row, err);
	while (!status && row) {
		add_place(m, t, store_slice(q, 0));
		status = store_step(q, &row, err);
	}
	sqlite3_reset(q);
	return status;
}

/* The addresses of a destination that attempts were made to. */
static enum status find_places(struct match *m, uint32_t target, struct error *err)
{
	struct match_target *t = &m->targets[target];
	const char *name = intern_text(m->texts, target);
	struct address address;
	char mapped[ADDRESS_TEXT_MAX + 8] = "::ffff:";
	t->places = must_alloc(MATCH_PLACES_MAX, sizeof *t->places);
	t->literal = address_parse(slice_of_string(name), &address);
	if (t->literal) {
		add_place(m, t, slice_of_string(name));
		size_t size = strlen(mapped);
		if (address.family == ADDRESS_V4 &&
		    slice_to_string(slice_of_string(name), mapped + size, sizeof mapped - size))
			add_place(m, t, slice_of_string(mapped));
		return OK;
	}
	if (!strcmp(name, "localhost")) {
		add_place(m, t, SLICE("127.0.0.1"));
		add_place(m, t, SLICE("::1"));
	}
	return add_named_places(m, t, name, err);
}

static enum status find_targets(struct match *m, struct error *err)
{
	enum status status = OK;
	m->target_count = intern_count(m->texts);
	m->targets = must_alloc(m->target_count, sizeof *m->targets);
	for (size_t i = 0; i < m->entry_count && !status; i++)
		if (!m->targets[m->entries[i].target].places)
			status = find_places(m, m->entries[i].target, err);
	return status;
}

/* A sum without an end goes on until the log's next time. */
static void end_sums(struct match *m)
{
	int64_t next = 0;
	for (size_t i = m->entry_count; i-- > 0;) {
		struct match_entry *e = &m->entries[i];
		bool last = i + 1 == m->entry_count || m->entries[i + 1].log != e->log;
		if (last)
			next = m->to_ns > e->time_ns ? m->to_ns : e->time_ns;
		else if (m->entries[i + 1].time_ns > e->time_ns)
			next = m->entries[i + 1].time_ns;
		if (e->count && e->until_ns < e->time_ns)
			e->until_ns = next;
	}
}

enum status match_target(struct match *m, struct error *err)
{
	find_programs(m);
	end_sums(m);
	return find_targets(m, err);
}
