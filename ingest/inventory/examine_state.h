/* SPDX-License-Identifier: Apache-2.0 */
#ifndef INGEST_INVENTORY_EXAMINE_STATE_H
#define INGEST_INVENTORY_EXAMINE_STATE_H

/*
 * What the parts of an examination share (examine.h).
 */

#include "ingest/inventory/examine.h"

struct examine {
	struct examine_sink sink;
	struct scan *scan; /* owned */
	struct hits *hits; /* owned */
	struct examine_tally tally;
	unsigned depth;
	bool spent; /* the budget is, and that was told */
	struct text path;
};

/* Counts something about the member at hand; a count of 0 is none. */
void examine_note(struct examine *e, enum examine_note what, uint64_t count);

/* A range, whatever it is; as plain bytes only; or as an archive, whose members are
 * examined: how many came out, and why not all of them did. `alone` as in unpack.h. */
void examine_range(struct examine *e, const struct range *r);
void examine_bytes(struct examine *e, const struct range *r);
uint64_t examine_members(struct examine *e, const struct range *r, bool alone, const char **ret_problem);

/* One more member; false once no more of them are read. */
bool examine_count(struct examine *e);

/* Adds a name to the path, for examine_leave() to take away. */
size_t examine_enter(struct examine *e, struct slice name);
void examine_leave(struct examine *e, size_t before);

/* By the size of the list and where the files begin (asar.h). */
void examine_asar(struct examine *e, const struct range *r, uint64_t list, uint64_t files);

/* What a program carries, which was searched as bytes itself. */
void examine_program(struct examine *e, const struct range *r, bool windows);

#endif
