/* SPDX-License-Identifier: Apache-2.0 */
#ifndef CLI_AUDIT_KEEP_H
#define CLI_AUDIT_KEEP_H

/*
 * What of earlier audits stays, and whether there is room for another.
 *
 * A bundle goes when its retention is over and it still verifies. A session folder goes when
 * a bundle of it verifies and newer ones fill the number that the policy keeps, or when its
 * retention is over. Never what is held (a file HOLD in the folder, or a pattern of the
 * policy), never the newest, and never where a bundle of it does not verify: that is evidence
 * of its own.
 */

#include "analysis/policy.h"
#include "cli/state_folder.h"

enum {
	AUDIT_KEPT_MAX = 20000, /* folders and bundles that are looked at */
	AUDIT_NIGHTS_AHEAD = 7, /* somebody must see it, and make room */
};

enum audit_fate {
	AUDIT_STAYS,        /* nothing asks for it to go */
	AUDIT_HELD,         /* it is held */
	AUDIT_UNVERIFIED,   /* a bundle of it does not verify */
	AUDIT_UNBUNDLED,    /* there is no bundle of it */
	AUDIT_GOES_SPARE,   /* its bundle verifies, and newer folders are enough */
	AUDIT_GOES_PAST     /* its retention is over */
};

extern const char *const audit_fate_names[];

/* What decides about one folder or bundle. */
struct audit_kept {
	bool bundle;   /* else a session folder */
	bool held;
	bool past;     /* its retention is over */
	bool bundled;  /* of a folder: there is a bundle of it */
	bool verified; /* the bundle, or that of the folder, verifies */
	size_t newer;  /* how many of its kind are newer */
};

enum audit_fate audit_keep_fate(const struct audit_kept *k, unsigned keep_folders);

struct audit_room {
	uint64_t used, budget, need; /* bytes; need: of a night, by those that lie there */
	uint64_t free;               /* of the file system, to this user */
	unsigned folders, bundles;
	unsigned gone; /* that were deleted, or would be */
	unsigned unverified; /* bundles that do not verify, of those that were looked at */
	bool tight;    /* less than a fifth of the budget is left */
	bool disk_tight; /* the disk has room for fewer than AUDIT_NIGHTS_AHEAD nights */
	uint64_t nights; /* for which it has room */
};

/* Deletes what may go (`dry`: nothing), tells each on standard error unless `quiet`, and
 * measures the room that is left then, or would be. */
enum status audit_keep(const struct state_folder *s, const struct policy *policy, int64_t now_ns, bool dry, bool quiet,
		       struct audit_room *ret, struct error *err) MUST_CHECK;

/* Is the room tight, by the bytes that stand in it? `need` is not 0. */
void audit_keep_weigh(struct audit_room *r);

/* ERR_CREATE, with what would help, where there is not the room for a night. */
enum status audit_keep_check(const struct audit_room *room, const char *path, struct error *err) MUST_CHECK;

#endif
