/* SPDX-License-Identifier: Apache-2.0 */
#ifndef CLI_AUDIT_KEEP_LIST_H
#define CLI_AUDIT_KEEP_LIST_H

/*
 * The session folders and bundles that audits left: which, how large, of when.
 */

#include "core/file.h"

enum { AUDIT_ENTRY_NAME = 256, AUDIT_ID8 = 9 };

struct audit_entry {
	char name[AUDIT_ENTRY_NAME];
	char id8[AUDIT_ID8];    /* the first digits of the session's id */
	bool bundle, hold;      /* hold: a file HOLD lies in it */
	uint64_t bytes;
	int64_t from_ns;        /* when the session began, by the name */
};

struct audit_list {
	struct audit_entry *all; /* owned; the oldest first */
	size_t count;
	uint64_t bytes;
};

/* "20261128T023000Z-0123abcd", or "AGV_…_20261128T023000Z_20261128T024000Z_0123abcd.zip"; false
 * for what is called otherwise: nobody but us puts things there, and what is not ours stays. */
bool audit_keep_list_name(const char *name, bool bundle, struct audit_entry *ret);

/* What lies in a folder, by name and size; nothing is opened but to count it. */
enum status audit_keep_list(int folder, bool bundles, struct audit_list *ret, struct error *err) MUST_CHECK;
void audit_keep_list_free(struct audit_list *l);

/* The one of a session; NULL: there is none. */
const struct audit_entry *audit_keep_list_find(const struct audit_list *l, const char *id8);

/* Does that bundle verify, and is it of that session? `ret_to_ns`: when that ended, as the
 * signed statement has it; a name may be changed by anybody. `ret_until_ns`: until when it was to
 * be kept when it was sealed; 0 where it does not tell, INT64_MAX where that is past all days. */
bool audit_keep_list_verifies(int folder, const struct audit_entry *bundle, const char *id8, int64_t *ret_to_ns, int64_t *ret_until_ns);

/* The same of a session folder, by its manifest alone: nobody verified it, but all that a false day
 * can do is to keep it. */
int64_t audit_keep_list_sealed_until(int audits, const struct audit_entry *folder);

/* For good, with all that lies in it. */
enum status audit_keep_list_remove(int folder, const struct audit_entry *e, struct error *err) MUST_CHECK;

/* The same moment so many years later; INT64_MAX where that cannot be told. */
int64_t audit_keep_list_until(int64_t from_ns, unsigned years);

#endif
