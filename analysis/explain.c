/* SPDX-License-Identifier: Apache-2.0 */
/*
 * From the surest explanation of a flow to the least; a later one only speaks
 * where none before it did. What is left over is unattributed.
 */
#include "analysis/steps.h"

enum status explain(struct store *store, struct error *err)
{
	static const enum query order[] = {
		QUERY_EXPLAIN_ATTEMPT,	QUERY_EXPLAIN_EGRESS,  QUERY_EXPLAIN_ANSWER,
		QUERY_EXPLAIN_PORTLESS, QUERY_EXPLAIN_NEAR,    QUERY_EXPLAIN_BY_ATTEMPT,
		QUERY_EXPLAIN_LOCAL,	QUERY_EXPLAIN_OLDER,   QUERY_EXPLAIN_HOUSEKEEPING,
		QUERY_EXPLAIN_INBOUND,	QUERY_EXPLAIN_REFUSAL, QUERY_EXPLAIN_LINK,
		QUERY_EXPLAIN_INNER,	QUERY_EXPLAIN_INNER, /* a tunnel in a tunnel */
		QUERY_RESOLVED_RESET,	QUERY_RESOLVED_FILL,   QUERY_DESTINATION_ROLES,
	};
	return steps_run(store, order, LENGTH(order), err);
}
