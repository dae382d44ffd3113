/* SPDX-License-Identifier: Apache-2.0 */
#include "redact/address_mask.h"

#include "core/intern.h"
#include "tables.h" /* generated */

#include <stdlib.h>
#include <string.h>

enum {
	RANGES_MAX = 128,
	FIELD_MAX = 80,
	NODES_BYTES_MAX = 512 << 20, /* of the prefixes that were met */
	VALUES_MAX = 256,
	NOTHING = 0xff,
};

struct special {
	struct address_range range;
	bool holds_v4; /* in its last four bytes */
};

struct node {
	unsigned char to[VALUES_MAX];
};

struct address_mask {
	const struct secret *secret;
	struct special ranges[RANGES_MAX];
	size_t range_count;
	struct intern *prefixes; /* a node each, of the same number */
	struct node **nodes;     /* owned, each */
	size_t room;
};

static void read_ranges(struct address_mask *m)
{
	struct cursor c = cursor_over(slice_of(embedded_table_addresses, embedded_table_addresses_size));
	struct slice line, range, what, holds;
	while (m->range_count < RANGES_MAX && cursor_line(&c, &line, NULL)) {
		struct cursor fields = cursor_over(line);
		struct special *s = &m->ranges[m->range_count];
		if (!cursor_until(&fields, '\t', FIELD_MAX, &range) || !cursor_until(&fields, '\t', FIELD_MAX, &what) ||
		    !cursor_until(&fields, '\t', FIELD_MAX, &holds) || !address_range_parse(range, &s->range))
			continue;
		s->holds_v4 = slice_is(holds, "96");
		m->range_count++;
	}
}

struct address_mask *address_mask_new(const struct secret *secret)
{
	struct address_mask *m = must_alloc(1, sizeof *m);
	*m = (struct address_mask){.secret = secret, .prefixes = intern_new(NODES_BYTES_MAX)};
	read_ranges(m);
	return m;
}

void address_mask_free(struct address_mask *m)
{
	if (!m)
		return;
	for (size_t i = 0; i < intern_count(m->prefixes) && i < m->room; i++)
		free(m->nodes[i]);
	free(m->nodes);
	intern_free(m->prefixes);
	free(m);
}

/* How the values of one place are told apart: by their length as text, and by the special
 * ranges around what they begin. */
struct place {
	struct address prefix; /* zeros behind it */
	unsigned bits;         /* of the prefix */
	unsigned step;         /* 8, or 4 for IPv6 */
};

static struct address with_value(const struct place *p, unsigned value)
{
	struct address a = p->prefix;
	unsigned shift = p->step == 8 || p->bits % 8 ? 0 : 4;
	a.bytes[p->bits / 8] = (unsigned char)(a.bytes[p->bits / 8] | value << shift);
	return a;
}

/* Values of the same group may take each other's place. NOTHING: it must stay. */
static unsigned group_of(const struct address_mask *m, const struct place *p, unsigned value)
{
	const struct address a = with_value(p, value);
	const struct address_range block = {a, p->bits + p->step};
	unsigned covering = 0, covering_bits = 0;
	for (size_t i = 0; i < m->range_count; i++) {
		const struct address_range *r = &m->ranges[i].range;
		if (r->from.family != a.family)
			continue;
		if (r->bits > block.bits && address_in(&r->from, &block))
			return NOTHING;
		if (r->bits <= block.bits && r->bits >= covering_bits && address_in(&a, r)) {
			covering = (unsigned)i + 1;
			covering_bits = r->bits;
		}
	}
	if (covering && covering_bits == block.bits)
		return NOTHING; /* the range is this one block */
	if (p->step == 4)
		return value == 0 ? NOTHING : covering;
	unsigned digits = value < 10 ? 0 : value < 100 ? 1 : 2;
	return covering * 3 + digits < NOTHING ? covering * 3 + digits : NOTHING;
}

/* One cycle through all of a group, in an order that hangs on the secret. */
static void permute(const struct address_mask *m, const struct place *p, struct node *ret)
{
	unsigned char rank[VALUES_MAX * 4], groups[VALUES_MAX], order[VALUES_MAX] = {0};
	unsigned count = 1u << p->step;
	unsigned char key[18] = {(unsigned char)p->prefix.family, (unsigned char)p->bits};
	memcpy(key + 2, p->prefix.bytes, 16);
	secret_stream(m->secret, "address", 0, slice_of(key, sizeof key), rank, 4 * (size_t)count);
	for (unsigned v = 0; v < count; v++) {
		groups[v] = (unsigned char)group_of(m, p, v);
		ret->to[v] = (unsigned char)v;
		unsigned at = v; /* sorted by rank as they come */
		for (; at > 0 && memcmp(rank + 4 * (size_t)v, rank + 4 * (size_t)order[at - 1], 4) < 0; at--)
			order[at] = order[at - 1];
		order[at] = (unsigned char)v;
	}
	for (unsigned g = 0; g < NOTHING; g++) {
		int first = -1, last = -1;
		for (unsigned i = 0; i < count; i++) {
			if (groups[order[i]] != g)
				continue;
			if (last >= 0)
				ret->to[last] = order[i];
			else
				first = order[i];
			last = order[i];
		}
		if (last >= 0)
			ret->to[last] = (unsigned char)first;
	}
}

static const struct node *node_at(struct address_mask *m, const struct place *p)
{
	unsigned char key[18] = {(unsigned char)p->prefix.family, (unsigned char)p->bits};
	memcpy(key + 2, p->prefix.bytes, 16);
	size_t known = intern_count(m->prefixes);
	uint32_t number = intern_add(m->prefixes, slice_of(key, sizeof key));
	if (number == INTERN_NONE)
		die("more different addresses than can be given pseudonyms");
	if (number < known)
		return m->nodes[number];
	if (number >= m->room) {
		m->room = m->room ? 2 * m->room : 256;
		m->nodes = must_realloc(m->nodes, m->room, sizeof(struct node *));
	}
	m->nodes[number] = must_alloc(1, sizeof(struct node));
	permute(m, p, m->nodes[number]);
	return m->nodes[number];
}

static void mask(struct address_mask *m, enum address_family family, unsigned step, size_t size, unsigned char bytes[])
{
	struct place p = {.prefix = {.family = family}, .step = step};
	for (; p.bits < 8 * size; p.bits += step) {
		unsigned char *at = &bytes[p.bits / 8];
		unsigned shift = step == 8 || p.bits % 8 ? 0 : 4;
		unsigned whole = *at, those = ((1u << step) - 1) << shift;
		unsigned value = (whole & those) >> shift, to = node_at(m, &p)->to[value];
		p.prefix = with_value(&p, value);
		*at = (unsigned char)((whole & ~those) | to << shift);
	}
}

void address_mask_v4(struct address_mask *m, unsigned char bytes[static 4])
{
	struct address a = address_v4(bytes);
	if (address_class(&a) != CLASS_LOOPBACK)
		mask(m, ADDRESS_V4, 8, 4, bytes);
}

/* Does it hold an IPv4 address that others see as one? */
static bool holds_v4(const struct address_mask *m, const unsigned char bytes[static 16])
{
	static const unsigned char mapped[12] = {0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0xff, 0xff};
	struct address a = {.family = ADDRESS_V6};
	if (memcmp(bytes, mapped, sizeof mapped) == 0)
		return true;
	memcpy(a.bytes, bytes, 16);
	for (size_t i = 0; i < m->range_count; i++)
		if (m->ranges[i].holds_v4 && address_in(&a, &m->ranges[i].range))
			return true;
	return false;
}

static void mask_v6(struct address_mask *m, unsigned char bytes[static 16])
{
	unsigned char first = bytes[1];
	struct address a = address_v6(bytes);
	if (address_class(&a) == CLASS_LOOPBACK)
		return;
	if (holds_v4(m, bytes)) {
		address_mask_v4(m, bytes + 12);
		return;
	}
	mask(m, ADDRESS_V6, 4, 16, bytes);
	/* all of fe80::/10 is link-local, but nobody uses more than fe80::/64 of it */
	if (bytes[0] == 0xfe && (first & 0xc0) == 0x80)
		bytes[1] = first;
}

struct address address_mask_of(struct address_mask *m, const struct address *a)
{
	struct address ret = *a;
	if (a->family == ADDRESS_V4)
		address_mask_v4(m, ret.bytes);
	else if (a->family == ADDRESS_V6)
		mask_v6(m, ret.bytes);
	return ret;
}
