/* SPDX-License-Identifier: Apache-2.0 */
#include "ingest/described.h"

#include "ingest/described_export.h"
#include "ingest/lines.h"

#include <stdlib.h>

struct score {
	unsigned points, lines;
};

/* A line that only this log has counts as one, one that many have as a half. */
static void judge(struct described *s, struct slice line, struct app_line *a, struct score *to)
{
	enum app_kind kind = described_line(s, line, a);
	if (slice_trim(line).size == 0)
		return;
	to->lines++;
	to->points += described_marked(s) && kind != APP_UNREAD ? 2 : kind == APP_OTHER ? 1 : 0;
}

static void judge_lines(struct described *s, struct slice first, struct app_line *a, struct score *to)
{
	unsigned char buffer[LINES_FIRST];
	struct cursor c = cursor_over(lines_first(first, buffer));
	struct slice line;
	bool whole;
	while (cursor_line(&c, &line, &whole) && (whole || first.size < INPUT_SNIFF))
		judge(s, line, a, to);
}

/* An entry may be as long as all that is seen here: the first one need not be whole. */
static void judge_entries(struct described *s, struct slice first, struct app_line *a, struct score *to)
{
	AUTO_INPUT struct input in;
	struct described_export *e = must_alloc(1, sizeof *e);
	struct slice entry;
	enum line kind;
	input_over(first, "", &in);
	in.looked = true; /* whatever was packed is not any more */
	while ((kind = described_export_next(e, &in, &entry)) != LINE_END &&
	       (kind != LINE_CUT || first.size < INPUT_SNIFF || to->lines == 0))
		judge(s, entry, a, to);
	free(e);
}

unsigned described_sniff(const struct description *d, const struct start *start, struct slice first)
{
	struct described *s = described_new(d, start);
	struct app_line *a = must_alloc(1, sizeof *a);
	struct score score = {0};
	if (d->format == DESCRIBES_EXPORT)
		judge_entries(s, first, a, &score);
	else
		judge_lines(s, first, a, &score);
	described_free(s);
	free(a);
	return score.lines ? d->sure * score.points / (2 * score.lines) : 0;
}
