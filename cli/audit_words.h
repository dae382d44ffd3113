/* SPDX-License-Identifier: Apache-2.0 */
#ifndef CLI_AUDIT_WORDS_H
#define CLI_AUDIT_WORDS_H

/*
 * What the collector is told of an audit: options of airgap-collect.
 */

#include "analysis/policy_audit.h"
#include "cli/watch_roots.h"
#include "core/file.h"

enum { AUDIT_WORDS_MAX = 2 * (WATCH_ROOTS_MAX + 4 * NAMED_MAX + 2 * POLICY_AUDIT_VALUES) + 64 };

struct audit_words {
	const char *at[AUDIT_WORDS_MAX];
	size_t count;
	char duration[32];
	char (*numbers)[16];         /* owned; process ids, and users, as text */
	char (*logs)[FILE_PATH_MAX]; /* owned; "NAME=PATH" of applications */
};

/* `roots` NULL: the whole machine; `ring` NULL: not given. Words point into `a`, `roots` and `ret`, which
 * is to be freed whatever it says. */
enum status audit_words_make(const struct policy_audit *a, const struct watch_roots *roots, const char *ring,
			     struct audit_words *ret, struct error *err) MUST_CHECK;
void audit_words_free(struct audit_words *w); /* idempotent */

#endif
