/* SPDX-License-Identifier: Apache-2.0 */
#ifndef INGEST_RECORD_LINES_H
#define INGEST_RECORD_LINES_H

/*
 * Files of ours with a JSON object a line: each is handed out with its number, and one that
 * is too long is counted as unread.
 */

#include "ingest/ingest.h"
#include "ingest/input.h"

enum { RECORD_LINE_MAX = 16 << 10 /* bytes */ };

/* `line` is without the blanks at its ends, and valid while `each` runs. */
enum status record_lines(struct ingest *to, struct input *in,
			 enum status (*each)(void *reading, uint64_t record, struct slice line, struct error *err),
			 void *reading, uint64_t *ret_records, struct error *err) MUST_CHECK;

#endif
