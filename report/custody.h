/* SPDX-License-Identifier: Apache-2.0 */
#ifndef REPORT_CUSTODY_H
#define REPORT_CUSTODY_H

/*
 * seal/custody.jsonl: who did what with the folder, one JSON object a line, each
 * with the SHA-256 of the line before it (its LF included; null in the first):
 *
 *   {"time":"…","action":"sealed","who":"user@host","tool":"airgap-verify 0.1.0",
 *    "reason":"…","replaces":"…","previous":"…"}
 *
 * "replaces" is the SHA-256 of the SHA256SUMS that a new seal takes the place of.
 */

#include "core/hash.h"
#include "core/text.h"

enum {
	CUSTODY_SIZE_MAX = 8 * 1024 * 1024,
	CUSTODY_LINE_MAX = 16 * 1024,
};

struct custody_entry {
	int64_t time_ns;
	const char *action, *user, *host, *tool_version;
	const char *reason;	       /* NULL where none was given */
	const unsigned char *replaces; /* HASH_SIZE bytes, or NULL */
};

/* Adds an entry behind the lines that `log` holds already. */
enum status custody_add(struct text *log, const struct custody_entry *entry,
			struct error *err) MUST_CHECK;

/* What crosscheck --policy gives as its reason, and without --policy. */
#define CUSTODY_JUDGED_AGAIN "judged again"
#define CUSTODY_OTHER_POLICY CUSTODY_JUDGED_AGAIN ", by another policy"

/* Was the last judgement that a custody log tells of one by another policy than the session's own? What
 * cannot be read tells of none. */
bool custody_other_policy(struct slice log);

/* NULL, or what is wrong, with the number of the line. `ret_count` is the number of
 * entries that are good. */
const char *custody_check(struct slice log, size_t *ret_count, size_t *ret_line) MUST_CHECK;

#endif
