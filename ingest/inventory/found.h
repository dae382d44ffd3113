/* SPDX-License-Identifier: Apache-2.0 */
#ifndef INGEST_INVENTORY_FOUND_H
#define INGEST_INVENTORY_FOUND_H

/*
 * All that an inventory found: each host once, with the places where it stands.
 */

#include "core/arena.h"
#include "ingest/inventory/scan.h"

enum {
	FOUND_HOSTS_MAX = 1 << 20,
	FOUND_PLACES_MAX = 1 << 21, /* of all hosts; further ones are only counted */
	FOUND_NOTES_MAX = 64,
};

/* A host in one file, or in one member of an archive. */
struct found_place {
	const char *file, *member; /* member: "" in the file itself, else "inner.zip!lib/a.js" */
	uint64_t offset, count;
	struct found_place *next;
};

struct found_host {
	const char *name, *example; /* of the first place, by their order */
	enum scan_how how;          /* a URL or an address goes before a bare name */
	bool guessed;               /* everywhere it is a guess where the name ends */
	bool documents;             /* it stands only in texts for people */
	unsigned port;
	uint64_t count, files, places; /* how often, in how many files, in how many places */
	struct found_place *first;     /* sorted once found_finish() was called */
	const char *last_file;
	struct found_host *chain;
};

/* What could not be read, or not be listed, by reason. */
struct found_note {
	const char *reason; /* a constant */
	uint64_t count;
	const char *example; /* the first place; "" where there is none */
};

struct found {
	struct arena *arena; /* of everything; owned */
	struct found_host **slots; /* owned */
	struct found_host **hosts; /* by name, after found_finish(); owned */
	size_t count, room, places;
	uint64_t seed; /* of the slots */
	struct found_note notes[FOUND_NOTES_MAX];
	size_t note_count;
	uint64_t files, members, bytes;
	const char *file, *member; /* the last ones, kept once */
};

struct found *found_new(void);
void found_free(struct found *f); /* NULL-safe */

/* The places that follow are of this file. */
void found_file(struct found *f, const char *path);

/* One host in the file, in `member` of it; copies what it keeps. Past a maximum it is
 * only noted. */
void found_add(struct found *f, struct slice member, const struct scan_hit *hit, uint64_t count);

/* `reason` is a constant; `place` is kept where it is the first one. */
void found_note(struct found *f, const char *reason, const char *place, uint64_t count);

/* Sorts hosts and places. */
void found_finish(struct found *f);

/* NULL where there is none of that name. */
struct found_host *found_find(const struct found *f, struct slice name);

#endif
