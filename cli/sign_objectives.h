/* SPDX-License-Identifier: Apache-2.0 */
#ifndef CLI_SIGN_OBJECTIVES_H
#define CLI_SIGN_OBJECTIVES_H

/*
 * The objectives of a review, out of the command line: one that changes nothing is a slip of the
 * reviewer, and is refused before it is signed.
 */

#include "cli/command.h"
#include "report/review.h"

struct sign_objectives {
	struct review_objective at[ARGUMENTS_LIST_MAX];
	size_t count;
	char *ids; /* owned; freed with free() */
};

/* Out of "ID=STATE" each. Refuses one that stands there twice, and one that is satisfied by a decision that
 * does not accept. */
enum status sign_objectives_read(const struct argument_list *from, enum review_decision decision, struct sign_objectives *ret,
				 struct error *err) MUST_CHECK;

/* Whether the database of this folder, a session's or that of an unpacked bundle, knows each of them. */
enum status sign_objectives_check(int folder, const char *path, const struct sign_objectives *o, struct error *err) MUST_CHECK;

#endif
