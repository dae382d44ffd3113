/* SPDX-License-Identifier: Apache-2.0 */
#include "ingest/etl/census.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { REASON_MAX = PROVIDER_NAME_MAX + 64 };

struct place {
	enum event_kind kind;
	unsigned group;
	unsigned char guid[GUID_SIZE]; /* zeros: none */
	bool malformed;
	uint64_t count, first;
};

struct census {
	size_t used;
	struct place places[CENSUS_MAX];
	uint64_t rest, rest_first;
};

struct census *census_new(void)
{
	struct census *c = must_alloc(1, sizeof *c);
	c->used = 0;
	c->rest = c->rest_first = 0;
	return c;
}

void census_free(struct census *c)
{
	free(c);
}

static bool same(const struct place *a, const struct place *b)
{
	return a->kind == b->kind && a->group == b->group && a->malformed == b->malformed &&
	       !memcmp(a->guid, b->guid, sizeof a->guid);
}

void census_add(struct census *c, const struct event *e, bool malformed, uint64_t number)
{
	struct place new = {.kind = e->kind, .group = e->group, .malformed = malformed, .count = 1, .first = number};
	if (e->provider.size == GUID_SIZE && e->kind != EVENT_KERNEL)
		memcpy(new.guid, e->provider.at, GUID_SIZE);
	/* the same provider whichever way it writes, unless there is none */
	if (new.kind == EVENT_CLASSIC)
		new.kind = EVENT_MANIFEST;
	for (size_t i = 0; i < c->used; i++)
		if (same(&c->places[i], &new)) {
			c->places[i].count++;
			return;
		}
	if (c->used < CENSUS_MAX) {
		c->places[c->used++] = new;
		return;
	}
	if (c->rest++ == 0)
		c->rest_first = number;
}

static enum status write_place(const struct place *p, struct ingest *to, struct error *err)
{
	static const unsigned char none[GUID_SIZE];
	char name[PROVIDER_NAME_MAX], reason[REASON_MAX];
	bool told = memcmp(p->guid, none, sizeof none) != 0;
	const struct event e = {.kind = p->kind, .group = p->group, .provider = slice_of(p->guid, told ? GUID_SIZE : 0)};
	provider_name(&e, name);
	snprintf(reason, sizeof reason, "an event of %s that %s", name, p->malformed ? "breaks its layout" : "is not read");
	return ingest_skip_many(to, reason, p->count, p->first, slice_of(NULL, 0), err);
}

enum status census_write(const struct census *c, struct ingest *to, struct error *err)
{
	enum status status = OK;
	for (size_t i = 0; i < c->used && !status; i++)
		status = write_place(&c->places[i], to, err);
	if (!status && c->rest > 0)
		status = ingest_skip_many(to, "an event of still other providers, which are not read", c->rest, c->rest_first,
					  slice_of(NULL, 0), err);
	return status;
}
