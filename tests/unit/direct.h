/* SPDX-License-Identifier: Apache-2.0 */
#ifndef TESTS_UNIT_DIRECT_H
#define TESTS_UNIT_DIRECT_H

/*
 * Bytes in memory, read straight into a store: what ingest/decoder.c does, without
 * the process in between.
 */

#include "core/store.h"
#include "ingest/reader.h"

#include <stdlib.h>

struct direct {
	struct store *store;
	struct row_rights rights;
};

static inline enum status direct_sink(void *to, struct slice batch, struct error *err)
{
	const struct direct *d = to;
	return row_apply(d->store, &d->rights, batch, &(struct row_tally){0}, err);
}

/* `to` has the source and, for logs, the app_log. */
static inline enum status direct_read(struct store *store, struct ingest *to,
				      const struct reader *reader, struct slice bytes,
				      uint64_t *ret_records, struct error *err)
{
	AUTO_INPUT struct input in;
	struct start *start = must_alloc(1, sizeof *start);
	enum status status = start_load(store, start, err);
	struct direct d = {store,
			   {reader->writes, to->source, to->app_log, start->flow, start->dns,
			    start->attempt, start->process}};
	*ret_records = 0;
	to->start = start;
	to->rows = row_stream_new(direct_sink, &d);
	input_over(bytes, to->path, &in);
	if (!status)
		status = reader->read(to, &in, ret_records, err);
	if (!status)
		status = ingest_skip_finish(to, err);
	if (!status)
		status = row_flush(to->rows, err);
	row_stream_free(to->rows);
	free(start);
	to->start = NULL;
	to->rows = NULL;
	return status;
}

#endif
