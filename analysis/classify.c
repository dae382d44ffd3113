/* SPDX-License-Identifier: Apache-2.0 */
#include "analysis/steps.h"

#include <stdlib.h>
#include <string.h>

enum { OWN_MAX = 4096 };

struct own {
	struct address at[OWN_MAX];
	size_t count;
};

/* This machine's addresses, as it had them at any time of the session. */
static enum status load_own(struct store *store, struct own *ret, struct error *err)
{
	char text[ADDRESS_TEXT_MAX] = "";
	bool row = true;
	enum status status = OK;
	ret->count = 0;
	while (!status && row && ret->count < OWN_MAX) {
		char before[sizeof text];
		memcpy(before, text, sizeof text);
		sqlite3_stmt *q = store_query(store, QUERY_HOST_ADDRESS_NEXT);
		store_bind_text(q, 1, before);
		status = store_step(q, &row, err);
		row = row && !store_is_null(q, 0);
		if (!status && row && !slice_to_string(store_slice(q, 0), text, sizeof text))
			status = fail(err, ERR_STORE, "an address of this machine that is none");
		else if (!status && row && address_parse(slice_of_string(text), &ret->at[ret->count]))
			ret->count++;
		sqlite3_reset(q);
	}
	return status;
}

static enum address_class class_of(const struct own *own, const struct address *a)
{
	enum address_class class = address_class(a);
	if (class == CLASS_LOOPBACK)
		return class;
	for (size_t i = 0; i < own->count; i++)
		if (address_equal(a, &own->at[i]))
			return CLASS_OWN;
	return class;
}

/* What is no address (ARP of a foreign kind, a frame without one) counts as the
 * link it went out on, but says nothing of an attempt of an unknown family. */
static enum status set_class(struct store *store, const struct own *own, const char *dst,
			     struct error *err)
{
	static const enum query targets[] = {QUERY_CLASS_ATTEMPT, QUERY_CLASS_FLOW, QUERY_CLASS_EGRESS};
	struct address a;
	const char *plain, *class;
	bool known = address_parse(slice_of_string(dst), &a);
	plain = address_class_name(known ? address_class(&a) : CLASS_LINK_LOCAL);
	class = known ? address_class_name(class_of(own, &a)) : plain;
	enum status status = OK;
	for (size_t i = 0; i < LENGTH(targets) && !status; i++) {
		sqlite3_stmt *q = store_query(store, targets[i]);
		store_bind_text(q, 1, dst);
		store_bind_text(q, 2, class);
		if (targets[i] == QUERY_CLASS_ATTEMPT) {
			store_bind_text(q, 3, plain);
			store_bind_i64(q, 4, known);
		}
		status = store_run(q, err);
	}
	return status;
}

enum status classify(struct store *store, struct error *err)
{
	static const enum query last[] = {QUERY_CLASS_UNIX, QUERY_LEAVES_ATTEMPT, QUERY_LEFT_ETW, QUERY_DIR_CLIENT};
	struct own *own = must_alloc(1, sizeof *own);
	char dst[ADDRESS_TEXT_MAX + 64] = "";
	bool row = true;
	enum status status = load_own(store, own, err);
	while (!status && row) {
		sqlite3_stmt *q = store_query(store, QUERY_DESTINATION_NEXT);
		char before[sizeof dst];
		memcpy(before, dst, sizeof dst);
		store_bind_text(q, 1, before);
		status = store_step(q, &row, err);
		if (!status && row && !slice_to_string(store_slice(q, 0), dst, sizeof dst))
			status = fail(err, ERR_STORE, "a destination longer than any address");
		sqlite3_reset(q);
		if (!status && row)
			status = set_class(store, own, dst, err);
	}
	free(own);
	return status ? status : steps_run(store, last, LENGTH(last), err);
}
