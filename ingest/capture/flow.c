/* SPDX-License-Identifier: Apache-2.0 */
/*
 * A hash table with chains, and two lists by last use, of flows that go on and of
 * flows that are over, all linked by index. Flows stay where they are, in blocks that
 * are taken as they are needed. The order of use is exact to PLACE_LASTS lookups: to
 * move a flow at each packet would touch its two neighbours each time. The hash is keyed
 * with random bytes: who writes the packets cannot choose which flows share a chain.
 * Rows do not depend on it.
 */
#include "ingest/capture/flow.h"

#include "core/error.h"

#include <stdlib.h>
#include <string.h>
#include <sys/random.h>

enum {
	BUCKETS = 1 << 18, /* at most a quarter of them in use */
	BLOCK = 1024, /* flows */
	NO_FLOW = 0,  /* index 0 is not used but as the ends of the list of those that go on */
	SETTLED = 1,  /* likewise, of those that are over */
	PLACE_LASTS = 1024,
};

struct flow_table {
	uint64_t seed[2];
	uint32_t buckets[BUCKETS];
	uint32_t vacant; /* the first of a list through `chain` */
	uint32_t used;   /* the last index that was given out */
	uint32_t settled;
	uint64_t lookups;
	struct flow *blocks[(FLOWS_MAX + 1) / BLOCK + 1];
};

static struct flow *flow_at(const struct flow_table *t, uint32_t index)
{
	return &t->blocks[index / BLOCK][index % BLOCK];
}

struct flow_table *flow_table_new(void)
{
	struct flow_table *t = must_alloc(1, sizeof *t);
	t->blocks[0] = must_alloc(BLOCK, sizeof(struct flow));
	t->used = SETTLED;
	t->blocks[0][SETTLED] = (struct flow){.older = SETTLED, .newer = SETTLED};
	/* without randomness only the bound on time is lost, not on memory */
	if (getrandom(t->seed, sizeof t->seed, 0) != (ssize_t)sizeof t->seed)
		t->seed[0] = (uint64_t)(uintptr_t)t;
	return t;
}

void flow_table_free(struct flow_table *t)
{
	for (size_t i = 0; t && i < LENGTH(t->blocks); i++)
		free(t->blocks[i]);
	free(t);
}

static bool is_first(const struct address *a, uint16_t a_port, const struct address *b,
		     uint16_t b_port)
{
	if (a->family != b->family)
		return a->family < b->family;
	int order = memcmp(a->bytes, b->bytes, sizeof a->bytes);
	return order ? order < 0 : a_port <= b_port;
}

void flow_key_of(const struct packet *p, struct flow_key *ret, unsigned *ret_side)
{
	bool ip = p->has_addresses && p->ethertype != ETHERTYPE_ARP;
	uint16_t sport = p->has_ports ? p->sport : p->kind;
	uint16_t dport = p->has_ports ? p->dport : p->kind;
	unsigned first = p->directed || is_first(&p->src, sport, &p->dst, dport) ? 0 : 1;

	memset(ret, 0, sizeof *ret);
	ret->ends[first] = p->src;
	ret->ends[1 - first] = p->dst;
	ret->ports[first] = sport;
	ret->ports[1 - first] = dport;
	ret->ifindex = p->ifindex;
	ret->interface = p->frame->interface;
	ret->network = p->network;
	ret->number = ip ? (uint16_t)p->proto : p->ethertype;
	ret->flags = (uint16_t)((ip ? KEY_IP : 0) | (p->has_ports ? KEY_PORTS : 0) |
				(p->directed ? KEY_DIRECTED : 0));
	*ret_side = first;
}

static uint32_t *bucket_of(struct flow_table *t, const struct flow_key *key)
{
	uint64_t words[sizeof *key / 8], h = t->seed[0];
	_Static_assert(sizeof *key % 8 == 0, "a key is whole words");
	memcpy(words, key, sizeof words);
	for (size_t i = 0; i < LENGTH(words); i++) {
		h = (h ^ words[i]) * UINT64_C(0x9E3779B97F4A7C15);
		h ^= (h >> 29) ^ t->seed[1];
	}
	h *= UINT64_C(0xBF58476D1CE4E5B9);
	return &t->buckets[(h >> 32) & (BUCKETS - 1)];
}

static void unlink_use(struct flow_table *t, struct flow *f)
{
	flow_at(t, f->older)->newer = f->newer;
	flow_at(t, f->newer)->older = f->older;
}

/* Of the ends, `older` is the newest of all and `newer` the oldest. */
static void link_newest(struct flow_table *t, struct flow *f)
{
	uint32_t at = f->settled ? SETTLED : NO_FLOW;
	struct flow *ends = flow_at(t, at);
	f->newer = at;
	f->older = ends->older;
	flow_at(t, f->older)->newer = f->index;
	ends->older = f->index;
	f->placed = t->lookups;
}

struct flow *flow_find(struct flow_table *t, const struct flow_key *key)
{
	uint32_t at = *bucket_of(t, key);
	while (at != NO_FLOW && memcmp(&flow_at(t, at)->key, key, sizeof *key) != 0)
		at = flow_at(t, at)->chain;
	if (at == NO_FLOW)
		return NULL;
	struct flow *f = flow_at(t, at);
	if (++t->lookups - f->placed > PLACE_LASTS) {
		unlink_use(t, f);
		link_newest(t, f);
	}
	return f;
}

void flow_settle(struct flow_table *t, struct flow *f)
{
	unlink_use(t, f);
	f->settled = true;
	t->settled++;
	link_newest(t, f);
}

static struct flow *oldest_of(struct flow_table *t, uint32_t ends)
{
	uint32_t at = flow_at(t, ends)->newer;
	return at == ends ? NULL : flow_at(t, at);
}

struct flow *flow_one_too_many(struct flow_table *t)
{
	return t->settled > FLOWS_SETTLED ? oldest_of(t, SETTLED) : NULL;
}

struct flow *flow_oldest(struct flow_table *t)
{
	struct flow *over = oldest_of(t, SETTLED);
	return over ? over : oldest_of(t, NO_FLOW);
}

bool flow_table_full(const struct flow_table *t)
{
	return t->vacant == NO_FLOW && t->used == FLOWS_MAX + SETTLED;
}

struct flow *flow_add(struct flow_table *t, const struct flow_key *key)
{
	uint32_t at = t->vacant;
	if (at != NO_FLOW)
		t->vacant = flow_at(t, at)->chain;
	else
		at = ++t->used;
	if (!t->blocks[at / BLOCK])
		t->blocks[at / BLOCK] = must_alloc(BLOCK, sizeof(struct flow));
	struct flow *f = flow_at(t, at);
	uint32_t *bucket = bucket_of(t, key);
	*f = (struct flow){.key = *key, .chain = *bucket, .index = at};
	*bucket = at;
	link_newest(t, f);
	return f;
}

void flow_remove(struct flow_table *t, struct flow *f)
{
	uint32_t *link = bucket_of(t, &f->key);
	while (*link != f->index)
		link = &flow_at(t, *link)->chain;
	*link = f->chain;
	unlink_use(t, f);
	t->settled -= f->settled;
	f->id = 0; /* who still points here sees that it is gone */
	f->chain = t->vacant;
	t->vacant = f->index;
}

const char *flow_state_text(const struct flow *f)
{
	switch (f->state) {
	case FLOW_SYN_SENT:
		return "syn_sent";
	case FLOW_ESTABLISHED:
		return "established";
	case FLOW_CLOSED:
		return "closed";
	case FLOW_RESET:
		return "reset";
	case FLOW_REFUSED:
		return "refused";
	case FLOW_MIDSTREAM:
		return "midstream";
	case FLOW_PLAIN:
		break;
	}
	if (f->what)
		return f->what;
	if (f->quic)
		return "quic";
	return f->sides[1 - f->opener].packets > 0 ? "answered" : "one_way";
}
