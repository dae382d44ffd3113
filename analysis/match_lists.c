/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Keys are counted first, then the attempts are laid out list by list: two passes, and
 * the order of time stays.
 */
#include "analysis/match_lists.h"

#include <stdlib.h>

enum { FIRST_SLOTS = 1024 };

struct key {
	uint32_t place, proto, who, ports;
};

struct match_lists {
	unsigned by, kinds;
	struct key *keys;
	uint32_t *slots; /* number of a key + 1; 0: free */
	size_t key_count, key_room, slot_count;
	uint32_t *offsets; /* of each list, and the end of the last */
	uint32_t *order;   /* numbers of attempts */
	uint32_t *next;    /* the place to look at after a place that is taken */
	size_t place_count;
};

static uint64_t hash_of(const struct key *k)
{
	uint64_t h = ((uint64_t)k->place << 32 | k->who) * UINT64_C(0x9e3779b97f4a7c15);
	h ^= h >> 32;
	h = (h ^ ((uint64_t)k->ports << 32 | k->proto)) * UINT64_C(0xbf58476d1ce4e5b9);
	return h ^ h >> 31;
}

static size_t slot_of(const struct match_lists *l, const struct key *k)
{
	size_t at = hash_of(k) & (l->slot_count - 1);
	while (l->slots[at] && memcmp(&l->keys[l->slots[at] - 1], k, sizeof *k) != 0)
		at = (at + 1) & (l->slot_count - 1);
	return at;
}

static void grow(struct match_lists *l)
{
	if (l->key_count == l->key_room) {
		l->key_room = l->key_room ? 2 * l->key_room : FIRST_SLOTS;
		l->keys = must_realloc(l->keys, l->key_room, sizeof *l->keys);
	}
	if (2 * l->key_count < l->slot_count)
		return;
	free(l->slots);
	l->slot_count = l->slot_count ? 2 * l->slot_count : 2 * FIRST_SLOTS;
	l->slots = must_alloc(l->slot_count, sizeof *l->slots);
	for (size_t i = 0; i < l->key_count; i++)
		l->slots[slot_of(l, &l->keys[i])] = (uint32_t)i + 1;
}

static uint32_t add_key(struct match_lists *l, const struct key *k)
{
	grow(l);
	size_t at = slot_of(l, k);
	if (!l->slots[at]) {
		l->keys[l->key_count] = *k;
		l->slots[at] = (uint32_t)++l->key_count;
	}
	return l->slots[at] - 1;
}

static struct key key_of(unsigned by, const struct match_attempt *a)
{
	return (struct key){
		.place = a->place,
		.proto = by & BY_PROTO ? a->proto : 0,
		.who = by & BY_PID ? a->pid : by & BY_EXE ? a->exe : by & BY_COMM ? a->comm : 0,
		.ports = (by & BY_PORT ? a->port : 0u) | (by & BY_SPORT ? (uint32_t)a->sport << 16 : 0u),
	};
}

/* The destinations that entries of this sort name. */
static bool *wanted_places(const struct match *m, const struct match_log *log, unsigned by)
{
	bool *wanted = must_alloc(m->target_count, sizeof *wanted);
	bool *done = must_alloc(m->target_count, sizeof *done);
	for (uint32_t i = log->from; i < log->to; i++) {
		const struct match_entry *e = &m->entries[i];
		const struct match_target *t = &m->targets[e->target];
		if ((e->by & by) != by || done[e->target])
			continue;
		done[e->target] = true;
		for (uint32_t n = 0; n < t->place_count; n++)
			wanted[t->places[n]] = true;
	}
	free(done);
	return wanted;
}

/* Which list each attempt belongs to, plus one; 0: none. */
static uint32_t *sort_into_lists(struct match_lists *l, const struct match *m, const bool *wanted)
{
	uint32_t *list = must_alloc(m->attempt_count, sizeof *list);
	for (size_t i = 0; i < m->attempt_count; i++) {
		const struct match_attempt *a = &m->attempts[i];
		if (!wanted[a->place])
			continue;
		struct key k = key_of(l->by, a);
		list[i] = add_key(l, &k) * l->kinds + (l->kinds > 1 ? a->kind : 0u) + 1;
	}
	return list;
}

static void lay_out(struct match_lists *l, const struct match *m, const uint32_t *list)
{
	size_t count = l->key_count * l->kinds;
	l->offsets = must_alloc(count + 2, sizeof *l->offsets);
	for (size_t i = 0; i < m->attempt_count; i++)
		if (list[i])
			l->offsets[list[i] + 1]++;
	for (size_t i = 1; i <= count + 1; i++)
		l->offsets[i] += l->offsets[i - 1];
	l->place_count = l->offsets[count + 1];
	l->order = must_alloc(l->place_count, sizeof *l->order);
	l->next = must_alloc(l->place_count + 1, sizeof *l->next);
	for (size_t i = 0; i < m->attempt_count; i++)
		if (list[i])
			l->order[l->offsets[list[i]]++] = (uint32_t)i;
}

struct match_lists *match_lists_new(const struct match *m, const struct match_log *log, unsigned by, bool apart)
{
	struct match_lists *l = must_alloc(1, sizeof *l);
	l->by = by;
	l->kinds = apart ? MATCH_KINDS : 1;
	bool *wanted = wanted_places(m, log, by);
	uint32_t *list = sort_into_lists(l, m, wanted);
	lay_out(l, m, list);
	match_lists_forget(l);
	free(wanted);
	free(list);
	return l;
}

void match_lists_free(struct match_lists *l)
{
	if (!l)
		return;
	free(l->keys);
	free(l->slots);
	free(l->offsets);
	free(l->order);
	free(l->next);
	free(l);
}

size_t match_lists_count(const struct match_lists *l)
{
	return l->key_count * l->kinds;
}

static size_t add_lists(const struct match_lists *l, const struct key *k, unsigned kinds, size_t count,
			uint32_t ret[static MATCH_LISTS_OF_ENTRY])
{
	size_t at = slot_of(l, k);
	if (!l->slots[at])
		return count;
	uint32_t first = (l->slots[at] - 1) * l->kinds;
	for (uint32_t kind = 0; kind < l->kinds; kind++) {
		struct match_range r = match_lists_range(l, first + kind);
		if ((l->kinds == 1 || kinds & 1u << kind) && r.from < r.to)
			ret[count++] = first + kind;
	}
	return count;
}

size_t match_lists_of(const struct match_lists *l, const struct match *m, const struct match_entry *e,
		      unsigned kinds, uint32_t ret[static MATCH_LISTS_OF_ENTRY])
{
	const struct match_target *t = &m->targets[e->target];
	struct key k = {
		.proto = l->by & BY_PROTO ? e->proto : 0,
		.who = l->by & BY_PID ? e->pid : l->by & (BY_EXE | BY_COMM) ? e->program : 0,
		.ports = l->by & BY_PORT ? e->port : 0u,
	};
	size_t count = 0;
	for (uint32_t i = 0; i < t->place_count && l->key_count; i++) {
		k.place = t->places[i];
		if (l->by & BY_SPORT) {
			/* its own source port, or one that nobody saw */
			struct key with = k;
			with.ports |= (uint32_t)e->sport << 16;
			count = add_lists(l, &with, kinds, count, ret);
		}
		count = add_lists(l, &k, kinds, count, ret);
	}
	return count;
}

struct match_range match_lists_range(const struct match_lists *l, uint32_t list)
{
	return (struct match_range){l->offsets[list], l->offsets[list + 1]};
}

uint32_t match_lists_at(const struct match_lists *l, uint32_t place)
{
	return l->order[place];
}

uint32_t match_lists_since(const struct match_lists *l, const struct match *m, struct match_range r, int64_t time_ns)
{
	while (r.from < r.to) {
		uint32_t middle = r.from + (r.to - r.from) / 2;
		if (m->attempts[l->order[middle]].time_ns < time_ns)
			r.from = middle + 1;
		else
			r.to = middle;
	}
	return r.from;
}

uint32_t match_lists_free_from(struct match_lists *l, const struct match *m, struct match_range r, uint32_t place,
			       uint64_t bit)
{
	uint32_t found = place;
	while (found < r.to && m->attempts[l->order[found]].told & bit)
		found = l->next[found] > found ? l->next[found] : found + 1;
	while (place < found) {
		uint32_t then = l->next[place] > place ? l->next[place] : place + 1;
		l->next[place] = found;
		place = then;
	}
	return found;
}

void match_lists_forget(struct match_lists *l)
{
	memset(l->next, 0, (l->place_count + 1) * sizeof *l->next);
}
