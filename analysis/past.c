/* SPDX-License-Identifier: Apache-2.0 */
/*
 * This session as the last of those that came before it on its host, where any were found;
 * then what is new in it, and what is gone, is a question to one table.
 */
#include "analysis/steps.h"

enum status past(struct store *store, struct error *err)
{
	static const enum query steps[] = {QUERY_PAST_RESET, QUERY_PAST_RESET_THIS, QUERY_PAST_THIS, QUERY_PAST_THIS_DESTINATIONS};
	return steps_run(store, steps, LENGTH(steps), err);
}
