/* SPDX-License-Identifier: Apache-2.0 */
#ifndef CLI_INVENTORY_LIST_H
#define CLI_INVENTORY_LIST_H

/*
 * The list that `inventory` prints: what was found, what it is for, and whether a
 * database saw it.
 */

#include "core/store.h"
#include "core/text.h"
#include "ingest/inventory/inventory.h"

struct inventory_row {
	const struct found_host *host;
	const char *vector;
	uint64_t lookups, connections; /* as observed, of it and of names below "*." */
	int64_t first_ns, last_ns;     /* 0: never */
};

struct inventory_list {
	struct found *found;        /* not owned */
	struct inventory_row *rows; /* in the order of hosts; owned */
	bool joined;                /* with a database */
	/* names that a database saw and no file holds, sorted; owned */
	char **elsewhere;
	size_t elsewhere_count, elsewhere_room;
};

/* `store` NULL: nothing was observed. `found` is finished. */
enum status inventory_list_make(struct found *found, struct store *store, struct inventory_list *ret,
				struct error *err) MUST_CHECK;
void inventory_list_free(struct inventory_list *l);

/* Aligned columns for people; `all`: also what is only written, not called. */
void inventory_list_table(const struct inventory_list *l, bool all, struct text *ret);
void inventory_list_json(const struct inventory_list *l, struct text *ret);

/* RFC 4180, a line a host. */
void inventory_list_csv(const struct inventory_list *l, struct text *ret);

#define AUTO_INVENTORY __attribute__((cleanup(inventory_list_free)))

#endif
