/* SPDX-License-Identifier: Apache-2.0 */
#ifndef INGEST_SESSION_FACT_H
#define INGEST_SESSION_FACT_H

#include "ingest/row.h"

/* Sets one row of the table `session`. */
enum status session_fact(struct row_stream *rows, const char *name, struct slice value,
			 struct error *err) MUST_CHECK;

#endif
