/* SPDX-License-Identifier: Apache-2.0 */
#include "ingest/record_lines.h"

enum status record_lines(struct ingest *to, struct input *in,
			 enum status (*each)(void *reading, uint64_t record, struct slice line, struct error *err),
			 void *reading, uint64_t *ret_records, struct error *err)
{
	enum status status = OK;
	uint64_t record = 0;
	struct slice line;
	enum line kind;
	while (!status && (kind = input_line(in, &line)) != LINE_END) {
		record++;
		line = slice_trim(line);
		if (kind == LINE_TOO_LONG || line.size > RECORD_LINE_MAX)
			status = ingest_skip(to, "a line that is too long", record, line, err);
		else
			status = each(reading, record, line, err);
	}
	*ret_records = record;
	return status;
}
