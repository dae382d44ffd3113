/* SPDX-License-Identifier: Apache-2.0 */
#ifndef TESTS_UNIT_TSA_FIXTURE_H
#define TESTS_UNIT_TSA_FIXTURE_H

/*
 * A time-stamping authority that openssl(1) plays (tests/tsa.sh), beside the scratch folder: out
 * of the way of its seal.
 */

#include "tests/unit/seal_fixture.h"

#include "core/clock.h"
#include "report/seal_stamp.h"

/* False where there is no openssl. */
static inline bool tsa_begin(const struct scratch *s)
{
	char path[FILE_PATH_MAX];
	assert_non_null(realpath(getenv("SRCDIR") ? getenv("SRCDIR") : ".", path));
	setenv("SRCDIR", path, 1); /* the shell runs elsewhere */
	if (fixture_shell(s, "command -v openssl") != 0)
		return false;
	assert_int_equal(fixture_shell(s, "sh $SRCDIR/tests/tsa.sh setup $PWD.tsa"), 0);
	return true;
}

static inline void tsa_end(const struct scratch *s)
{
	assert_int_equal(fixture_shell(s, "rm -r $PWD.tsa"), 0);
}

static inline void tsa_shell(const struct scratch *s, const char *script)
{
	if (fixture_shell(s, script) != 0)
		print_error("%s\n", script), assert_true(false);
}

/* One of its files; free() what is returned. */
static inline char *tsa_file(const struct scratch *s, const char *name, size_t *ret_size)
{
	char path[FILE_PATH_MAX];
	struct error err = {0};
	AUTO_TEXT struct text bytes = text_make(1 << 20);
	snprintf(path, sizeof path, "%s.tsa/%s", s->path, name);
	assert_int_equal(file_read(AT_FDCWD, path, 1 << 20, &bytes, &err), OK);
	*ret_size = bytes.size;
	return TAKE(&bytes.at);
}

/* The `ask` of a struct timestamp_source, whose `from` is the scratch folder. */
static inline enum status tsa_ask(const void *from, struct slice query, struct text *ret, struct error *err)
{
	const struct scratch *s = from;
	char path[128];
	size_t size;
	snprintf(path, sizeof path, "%s.tsa/q.tsq", s->path);
	enum status status = file_write(AT_FDCWD, path, query, err);
	if (status)
		return status;
	tsa_shell(s, "sh $SRCDIR/tests/tsa.sh reply $PWD.tsa $PWD.tsa/q.tsq $PWD.tsa/r.tsr");
	AUTO_FREE char *reply = tsa_file(s, "r.tsr", &size);
	text_add(ret, slice_of(reply, size));
	return OK;
}

/* Brings one of its files as the reply. */
static inline enum status tsa_take(const struct scratch *s, const char *reply, const char *ca, struct timestamp *ret, struct error *err)
{
	size_t size, ca_size;
	AUTO_FREE char *bytes = tsa_file(s, reply, &size), *pem = tsa_file(s, ca, &ca_size);
	return seal_stamp_take(s->fd, slice_of(bytes, size), slice_of(pem, ca_size), clock_now().wall_ns, ret, err);
}

static inline void tsa_question(const struct scratch *s)
{
	AUTO_TEXT struct text query = text_make(TIMESTAMP_QUERY_MAX);
	assert_int_equal(seal_stamp_ask(s->fd, &query, NULL), OK);
}

/* Gets a sealed session its stamp. */
static inline void tsa_stamp(const struct scratch *s)
{
	struct timestamp t;
	struct error err = {0};
	tsa_question(s);
	tsa_shell(s, "sh $SRCDIR/tests/tsa.sh reply $PWD.tsa " SEAL_QUERY " $PWD.tsa/r.tsr");
	if (tsa_take(s, "r.tsr", "ca.pem", &t, &err))
		print_error("%s\n", err.text);
	assert_int_equal(err.status, OK);
	assert_true(llabs(t.time_ns - clock_now().wall_ns) < 60 * CLOCK_SECOND);
	assert_int_equal(t.accuracy_ns, CLOCK_SECOND);
	assert_contains(t.signer, "CN=Test tsa");
}

#endif
