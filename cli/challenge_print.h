/* SPDX-License-Identifier: Apache-2.0 */
#ifndef CLI_CHALLENGE_PRINT_H
#define CLI_CHALLENGE_PRINT_H

#include "analysis/policy_challenge.h"
#include "core/store.h"
#include "core/text.h"

/* What would be sent where, for people. */
void challenge_print_plan(const struct challenge *c, struct text *ret);

/* What came of it. `ret_exit`: 0 everything was stopped, 1 something left, 2 that cannot
 * be told. */
enum status challenge_print(struct store *store, const char *folder, bool json, struct text *ret, int *ret_exit,
			    struct error *err) MUST_CHECK;

#endif
