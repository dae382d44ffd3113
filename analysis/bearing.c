/* SPDX-License-Identifier: Apache-2.0 */
#include "analysis/bearing.h"

#include "core/intern.h"

#include <stdlib.h>

enum {
	CHECKS_BYTES_MAX = 1 << 16,
	CHECKS_MAX = 1024, /* of the build they are less than a hundred */
	CHECK_MAX = 64,
};

struct finding {
	int64_t id;
	uint16_t check;
	bool against;
};

struct bearing {
	struct intern *checks;
	struct finding *at; /* in the order of their ids */
	size_t count, room;
};

static enum status add(struct bearing *b, sqlite3_stmt *q, struct error *err)
{
	if (b->count == b->room) {
		b->room = b->room ? b->room + b->room / 2 : 256;
		b->at = must_realloc(b->at, b->room, sizeof *b->at);
	}
	uint32_t check = intern_add(b->checks, store_slice(q, 1));
	if (check >= CHECKS_MAX)
		return fail(err, ERR_STORE, "findings of more checks than there are");
	b->at[b->count++] = (struct finding){store_i64(q, 0), (uint16_t)check, store_i64(q, 2) != 0};
	return OK;
}

enum status bearing_load(struct store *store, struct bearing **ret, struct error *err)
{
	struct bearing *b = must_alloc(1, sizeof *b);
	*b = (struct bearing){.checks = intern_new(CHECKS_BYTES_MAX)};
	sqlite3_stmt *q = store_query(store, QUERY_CONTROL_FINDINGS);
	bool row;
	enum status status = store_step(q, &row, err);
	while (!status && row) {
		status = add(b, q, err);
		if (!status)
			status = store_step(q, &row, err);
	}
	sqlite3_reset(q);
	if (status)
		bearing_free(b);
	else
		*ret = b;
	return status;
}

void bearing_free(struct bearing *b)
{
	if (!b)
		return;
	intern_free(b->checks);
	free(b->at);
	free(b);
}

static void find_wanted(const struct bearing *b, struct slice checks, bool ret[static CHECKS_MAX])
{
	struct cursor c = cursor_over(checks);
	struct slice name;
	for (bool more = true; more;) {
		more = cursor_until(&c, ',', CHECK_MAX, &name);
		uint32_t check = intern_find(b->checks, more ? name : cursor_rest(&c));
		if (check < CHECKS_MAX)
			ret[check] = true;
	}
}

void bearing_on(const struct bearing *b, struct slice checks, struct text *ids, int64_t *ret_count, int64_t *ret_against)
{
	bool wanted[CHECKS_MAX] = {false};
	find_wanted(b, checks, wanted);
	text_clear(ids);
	text_add_char(ids, '[');
	*ret_count = *ret_against = 0;
	for (size_t i = 0; i < b->count; i++) {
		const struct finding *f = &b->at[i];
		if (!wanted[f->check])
			continue;
		if (*ret_count)
			text_add_char(ids, ',');
		text_add_i64(ids, f->id);
		++*ret_count;
		*ret_against += f->against;
	}
	text_add_char(ids, ']');
}
