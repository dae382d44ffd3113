/* SPDX-License-Identifier: Apache-2.0 */
#include "cli/watch_print.h"
#include "cli/watch_run.h"
#include "core/clock.h"

#include <errno.h>
#include <stdio.h>

enum {
	STEP_MS = 50,         /* of reading, between two writes */
	WAIT_MS = 250,        /* between looks at what else there is */
	LINES_MAX = 64 << 20, /* of all that is read in one step */
};

struct lines {
	const struct watch_options *options;
	struct text text; /* owned */
};

static void tell_line(void *to, const struct watch_model *m, const struct watch_change *change)
{
	struct lines *l = to;
	(l->options->json ? watch_print_json : watch_print_plain)(m, change, l->options->all, &l->text);
}

static enum status write_lines(struct lines *l, struct error *err)
{
	bool good = fwrite(text_string(&l->text), 1, l->text.size, stdout) == l->text.size && fflush(stdout) == 0;
	if (l->text.overflow)
		return fail(err, ERR_INTERNAL, "more lines at once than %d bytes", LINES_MAX);
	text_clear(&l->text);
	return good ? OK : fail_errno(err, ERR_IO, errno, "cannot write to standard output");
}

enum status watch_as_lines(struct watch_source *s, const struct watch_options *o, struct error *err)
{
	struct lines l = {o, text_make(LINES_MAX)};
	struct watch_model *m = watch_model_new();
	struct watch_ending end = {0};
	enum status status = OK;
	while (!status && !watch_is_over(o)) {
		bool more = watch_source_step(s, m, INT64_MAX, clock_mono() + STEP_MS * CLOCK_MILLISECOND, tell_line, &l);
		status = write_lines(&l, err);
		watch_notice_end(s, m, &end);
		if (more)
			continue;
		if (watch_source_ended(s)) {
			watch_print_doubt(m, o->json, &l.text);
			status = write_lines(&l, err);
			break;
		}
		watch_source_wait(s, WAIT_MS);
	}
	if (!status && s->failure.status) {
		*err = s->failure;
		status = s->failure.status;
	}
	watch_model_free(m);
	text_free(&l.text);
	return status;
}
