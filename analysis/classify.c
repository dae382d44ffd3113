/* SPDX-License-Identifier: Apache-2.0 */
#include "analysis/own.h"
#include "analysis/special.h"
#include "analysis/steps.h"

#include <stdlib.h>
#include <string.h>

struct machine {
	struct own own;
	struct special_table table;
	struct special_nat64 nat64;
};

/* What is known of an address, for those that ask by it. */
static enum status note(struct store *store, const struct machine *m, const char *dst, const struct address *a,
			const char *class, struct error *err)
{
	AUTO_TEXT struct text special = text_make(SPECIAL_TEXT_MAX);
	special_text(a, &m->table, &m->nat64, &special);
	sqlite3_stmt *q = store_query(store, QUERY_DESTINATION_INSERT);
	store_bind_text(q, 1, dst);
	store_bind_text(q, 2, class);
	store_bind_text(q, 3, special.size ? text_string(&special) : NULL);
	return store_run(q, err);
}

/* What is no address (ARP of a foreign kind, a frame without one) counts as the link it
 * went out on. */
static enum status set_class(struct store *store, const struct machine *m, const char *dst, bool used,
			     struct error *err)
{
	static const enum query targets[] = {QUERY_CLASS_FLOW, QUERY_CLASS_EGRESS};
	struct address a = {0};
	char text[ADDRESS_TEXT_MAX];
	const char *plain, *class;
	bool known = address_parse(slice_of_string(dst), &a);
	plain = address_class_name(known ? address_class(&a) : CLASS_LINK_LOCAL);
	class = known ? address_class_name(own_class(&m->own, &a)) : plain;
	address_text(&a, text);
	enum status status = note(store, m, dst, &a, class, err);
	for (size_t i = 0; i < LENGTH(targets) && used && !status; i++) {
		sqlite3_stmt *q = store_query(store, targets[i]);
		store_bind_text(q, 1, dst);
		store_bind_text(q, 2, class);
		store_bind_text(q, 3, plain);
		store_bind_text(q, 5, text);
		status = store_run(q, err);
	}
	return status;
}

/* Each destination in turn: `next` gives the one after ?1. */
static enum status set_classes(struct store *store, const struct machine *m, enum query next, bool used,
			       struct error *err)
{
	char dst[ADDRESS_TEXT_MAX + 64] = "";
	bool row = true;
	enum status status = OK;
	while (!status && row) {
		sqlite3_stmt *q = store_query(store, next);
		char before[sizeof dst];
		memcpy(before, dst, sizeof dst);
		store_bind_text(q, 1, before);
		status = store_step(q, &row, err);
		row = row && !store_is_null(q, 0);
		if (!status && row && !slice_to_string(store_slice(q, 0), dst, sizeof dst))
			status = fail(err, ERR_STORE, "a destination longer than any address");
		sqlite3_reset(q);
		if (!status && row)
			status = set_class(store, m, dst, used, err);
	}
	return status;
}

static enum status load_nat64(struct store *store, struct special_nat64 *ret, struct error *err)
{
	bool row = true;
	enum status status = OK;
	sqlite3_stmt *q = store_query(store, QUERY_NAT64_ANSWERS);
	while (ret->count < SPECIAL_NAT64_MAX && !(status = store_step(q, &row, err)) && row) {
		struct address a;
		ret->count += address_parse(store_slice(q, 0), &a) && special_nat64_prefix(&a, &ret->prefixes[ret->count]);
	}
	sqlite3_reset(q);
	return status;
}

enum status classify(struct store *store, struct error *err)
{
	static const enum query last[] = {QUERY_DIR_CLIENT};
	struct machine *m = must_alloc(1, sizeof *m);
	enum status status = own_load(store, &m->own, err);
	special_read(&m->table);
	if (!status)
		status = load_nat64(store, &m->nat64, err);
	if (!status)
		status = set_classes(store, m, QUERY_DESTINATION_NEXT, true, err);
	if (!status)
		status = store_run(store_query(store, QUERY_DESTINATION_OTHERS), err);
	if (!status)
		status = set_classes(store, m, QUERY_DESTINATION_OPEN, false, err);
	free(m);
	return status ? status : steps_run(store, last, LENGTH(last), err);
}
