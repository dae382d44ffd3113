/* SPDX-License-Identifier: Apache-2.0 */
#ifndef TESTS_UNIT_FAKE_WATCH_H
#define TESTS_UNIT_FAKE_WATCH_H

/*
 * A watch without a session: an evidence log in a scratch folder, which a test
 * hands to a collector and then reads back.
 */

#include "tests/unit/test.h"

#include "collectors/collector.h"
#include "collectors/tell.h"

struct fake {
	struct scratch *s;
	struct watch_options options;
	struct tell tell;
	struct watch w;
	char *log; /* of fake_record() */
	size_t size;
};

static inline int fake_setup(void **state)
{
	struct fake *f = calloc(1, sizeof *f);
	void *scratch = NULL;
	struct error err = {0};
	if (!f || scratch_setup(&scratch))
		return -1;
	f->s = scratch;
	f->tell.fd = -1;
	f->options.id = "00112233445566778899aabbccddeeff";
	f->options.policy = "";
	f->w = (struct watch){.options = &f->options, .folder = f->s->fd, .tell = &f->tell};
	f->w.suite = getpid();
	*state = f;
	return (int)evidence_open(f->s->fd, "evidence.ndjson", f->options.id, &f->w.evidence, &err);
}

static inline int fake_teardown(void **state)
{
	struct fake *f = *state;
	void *scratch = f->s;
	evidence_abandon(&f->w.evidence);
	free(f->log);
	free(f);
	return scratch_teardown(&scratch);
}

/* The n-th record of `kind` (from 0) with the members wanted; false where there
 * are fewer. The values stand until the next call. */
static inline bool fake_record(struct fake *f, const char *kind, size_t n, struct json_member m[],
			       size_t count)
{
	evidence_flush(f->w.evidence);
	free(f->log);
	f->log = scratch_get(f->s, "evidence.ndjson", &f->size);
	struct cursor c = cursor_over(slice_of(f->log, f->size));
	struct slice line;
	bool whole;
	while (cursor_line(&c, &line, &whole)) {
		struct json_member k[] = {{.key = "kind"}};
		assert_true(whole);
		assert_null(json_read_object(line, k, 1, NULL));
		if (!slice_is(k[0].value.raw, kind) || n-- > 0)
			continue;
		assert_null(json_read_object(line, m, count, NULL));
		return true;
	}
	return false;
}

static inline size_t fake_count(struct fake *f, const char *kind)
{
	size_t n = 0;
	while (fake_record(f, kind, n, NULL, 0))
		n++;
	return n;
}

#define fake_test(f) cmocka_unit_test_setup_teardown(f, fake_setup, fake_teardown)

#endif
