/* SPDX-License-Identifier: Apache-2.0 */
#ifndef ANALYSIS_PROGRAM_H
#define ANALYSIS_PROGRAM_H

/*
 * Which programs are AI clients, browsers and the engines that others embed
 * (schema/programs.tsv), and by the processes above one what it is in a session: an
 * engine that a client started is no browser that somebody opened.
 */

#include "core/cursor.h"
#include "core/store.h"

enum {
	PROGRAM_NAME_MAX = 64,
	PROGRAMS_MAX = 256,
	LINEAGE_DEPTH_MAX = 12,
	LINEAGE_NAMES_MAX = 2 * LINEAGE_DEPTH_MAX + 1, /* executable and name of each, and of the thread */
};

enum program_kind { PROGRAM_UNKNOWN, PROGRAM_CLIENT, PROGRAM_WEBVIEW, PROGRAM_BROWSER, PROGRAM_THREAD };

/* The name of an executable or process as rules have it: without folders, ".exe" and what
 * Linux puts behind the path of a deleted one, in small letters. Returns its size, 0 where
 * it is longer than PROGRAM_NAME_MAX. */
size_t program_name(struct slice path, unsigned char ret[static PROGRAM_NAME_MAX]);

/* The table, read once. */
struct programs {
	struct {
		struct slice name; /* in the table that is built in */
		enum program_kind kind;
	} at[PROGRAMS_MAX];
	size_t count;
};

void programs_read(struct programs *ret);
enum program_kind program_kind(const struct programs *all, struct slice name); /* as program_name() has it */

struct lineage {
	struct slice names[LINEAGE_NAMES_MAX]; /* [0] is the thread's; in `text` */
	size_t count;
	const char *browser; /* "webview", "browser" or NULL */
	unsigned char text[LINEAGE_NAMES_MAX * PROGRAM_NAME_MAX];
};

struct lineages; /* opaque: what was asked for lately */

struct lineages *lineages_new(struct store *store);
void lineages_free(struct lineages *l); /* NULL-safe */

/* Of a row of the table process (0: none is known), and the name of the thread. What `ret`
 * points to is valid until the next call. */
enum status lineages_find(struct lineages *l, int64_t process, struct slice thread, const struct lineage **ret,
			  struct error *err) MUST_CHECK;

/* Of a program that is known by its name alone; likewise. */
const struct lineage *lineages_alone(struct lineages *l, struct slice program);

#endif
