/* SPDX-License-Identifier: Apache-2.0 */
#ifndef INGEST_DESCRIBED_EXPORT_H
#define INGEST_DESCRIBED_EXPORT_H

/*
 * Entries of the journal in its export format, for descriptions: its fields are the
 * places of a rule.
 */

#include "ingest/app_event.h"
#include "ingest/description.h"

struct described_export {
	size_t used;
	bool too_long; /* this entry: the rest of it is passed over */
	unsigned char bytes[APP_LINE_MAX];
};

/* The next entry as it stands, without the empty line behind it; as input_line(). The
 * slice points into `e`, and stays until the next call. */
enum line described_export_next(struct described_export *e, struct input *in, struct slice *ret);

/* The fields of an entry, as strings without escapes; of one that stands there twice, the
 * first. What is wrong (a constant), or NULL. */
const char *described_export_fields(const struct description *d, struct slice entry, struct json_value slots[]);

#endif
