/* SPDX-License-Identifier: Apache-2.0 */
#ifndef INGEST_INVENTORY_EXAMINE_H
#define INGEST_INVENTORY_EXAMINE_H

/*
 * One file and everything within it: archives are opened, members searched, archives in
 * them opened again, all by content and never by name. What is not read is told.
 */

#include "core/text.h"
#include "ingest/inventory/hits.h"
#include "ingest/inventory/range.h"

/* Bytes that are read of one file, with all that it unpacks to. */
#define EXAMINE_BYTES_MAX (UINT64_C(8) << 30)

enum {
	EXAMINE_DEPTH_MAX = 5,           /* archives within each other */
	EXAMINE_MEMBERS_MAX = 1 << 20,   /* of one file */
	EXAMINE_INNER_MAX = 256 << 20,   /* an archive within another, in memory */
	EXAMINE_PATH_MAX = 4000,         /* "inner.zip!lib/a.js" */
};

/* What is counted: the first ones are no loss but say what the list cannot hold. */
enum examine_note {
	EXAMINE_DYNAMIC,
	EXAMINE_UNKNOWN,
	EXAMINE_ENCRYPTED,
	EXAMINE_DAMAGED,
	EXAMINE_ASAR,
	EXAMINE_CLOSED,
	EXAMINE_DEEP,
	EXAMINE_LARGE,
	EXAMINE_BUDGET,
	EXAMINE_MEMBERS,
	EXAMINE_SHORT,
	EXAMINE_NOTES /* how many there are */
};

/* In words, for people. */
const char *examine_note_text(enum examine_note note);

/* Where it goes. `member` is where in the file it stands: "" in the file itself. */
struct examine_sink {
	void (*found)(void *to, struct slice member, const struct hits_entry *entry);
	void (*noted)(void *to, struct slice member, enum examine_note note, uint64_t count);
	void *to;
};

struct examine; /* opaque */

struct examine *examine_new(const struct scan_known *known, const struct examine_sink *sink);
void examine_free(struct examine *e); /* NULL-safe */

struct examine_tally {
	uint64_t bytes, members; /* searched: of the file and of what it unpacks to */
};

struct examine_tally examine_file(struct examine *e, const struct range *file);

#endif
