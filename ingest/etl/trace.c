/* SPDX-License-Identifier: Apache-2.0 */
#include "ingest/etl/trace.h"

#include "ingest/etl/census.h"

#include <stdlib.h>

struct trace *trace_new(struct ingest *to)
{
	struct trace *t = must_alloc(1, sizeof *t);
	*t = (struct trace){.to = to, .census = census_new()};
	return t;
}

void trace_free(struct trace *t)
{
	if (!t)
		return;
	census_free(t->census);
	free(t);
}

enum status trace_event(struct trace *t, struct event *e, struct error *err)
{
	(void)err;
	(void)provider_of(e);
	census_add(t->census, e, false, t->number);
	return OK;
}

enum status trace_end(struct trace *t, struct error *err)
{
	return census_write(t->census, t->to, err);
}
