/* SPDX-License-Identifier: Apache-2.0 */
/* Where a log was left, found again whatever became of it. */
#include "tests/unit/test.h"

#include "cli/log_place.h"
#include "core/auto.h"

#include <zlib.h>

enum { LONG = 100000 };

/* A text of which each line is another. */
static char *lines(char tag, size_t size)
{
	char *text = must_alloc(size + 32, 1);
	for (size_t at = 0, n = 0; at < size; n++)
		at += (size_t)snprintf(text + at, 32, "%c line %zu\n", tag, n);
	text[size] = 0;
	return text;
}

static void put(struct scratch *s, const char *name, const char *a, const char *b, time_t changed)
{
	AUTO_TEXT struct text t = text_make(1 << 20);
	text_add_string(&t, a);
	text_add_string(&t, b);
	scratch_put(s, name, text_slice(&t));
	const struct timespec times[2] = {{changed, 0}, {changed, 0}};
	assert_int_equal(utimensat(s->fd, name, times, 0), 0);
}

static void put_packed(struct scratch *s, const char *name, const char *a, const char *b, time_t changed)
{
	char path[128];
	snprintf(path, sizeof path, "%s/%s", s->path, name);
	gzFile f = gzopen(path, "wb");
	assert_non_null(f);
	gzputs(f, a);
	gzputs(f, b);
	assert_int_equal(gzclose(f), Z_OK);
	const struct timespec times[2] = {{changed, 0}, {changed, 0}};
	assert_int_equal(utimensat(s->fd, name, times, 0), 0);
}

static struct log_place left_at(struct scratch *s, const char *name, uint64_t offset)
{
	struct log_place p;
	struct error err = {0};
	AUTO_FD int fd = -1;
	assert_int_equal(file_open(s->fd, name, &fd, &err), OK);
	assert_int_equal(log_place_take(fd, offset, &p, &err), OK);
	return p;
}

/* "trail: name@from …" */
static void finds(struct scratch *s, const struct log_place *p, const char *wanted)
{
	static struct log_piece pieces[LOG_PIECES_MAX];
	struct error err = {0};
	enum log_trail trail;
	size_t count;
	char path[128];
	AUTO_TEXT struct text got = text_make(4096);
	snprintf(path, sizeof path, "%s/log", s->path);
	enum status status = log_place_find(path, p, &trail, pieces, &count, &err);
	if (status)
		print_error("%s\n", err.text);
	assert_int_equal(status, OK);
	text_addf(&got, "%s:", log_trail_names[trail]);
	for (size_t i = 0; i < count; i++)
		text_addf(&got, " %s@%llu", strrchr(pieces[i].path, '/') + 1, (unsigned long long)pieces[i].from);
	assert_string_equal(text_string(&got), wanted);
}

static void it_grew_or_did_not(void **state)
{
	struct scratch *s = *state;
	finds(s, NULL, "missing:");
	put(s, "log", "first\n", "", 100);
	put(s, "log.1", "none of ours\n", "", 50);
	put(s, "logger", "another\n", "", 60);
	finds(s, NULL, "new: log@0");
	struct log_place p = left_at(s, "log", 6);
	finds(s, &p, "followed: log@6");
	put(s, "log", "first\n", "second\n", 200);
	finds(s, &p, "followed: log@6");
}

static void it_was_renamed(void **state)
{
	struct scratch *s = *state;
	AUTO_FREE char *old = lines('a', LONG);
	put(s, "log", old, "", 100);
	struct log_place p = left_at(s, "log", LONG);
	assert_int_equal(renameat(s->fd, "log", s->fd, "log.1"), 0);
	finds(s, &p, "rotated: log.1@100000");
	put(s, "log.1", old, "more\n", 150);
	put(s, "log", "new\n", "", 200);
	finds(s, &p, "rotated: log.1@100000 log@0");
	/* and once more, and the first of them was packed */
	assert_int_equal(renameat(s->fd, "log", s->fd, "log.1"), 0);
	put_packed(s, "log.2.gz", old, "more\n", 150);
	put(s, "log", "newest\n", "", 300);
	finds(s, &p, "rotated: log.2.gz@100000 log.1@0 log@0");
	put_packed(s, "log.2.gz", "other\n", old, 150);
	finds(s, &p, "gap: log@0");
}

static void it_was_copied_and_emptied(void **state)
{
	struct scratch *s = *state;
	AUTO_FREE char *old = lines('a', LONG), *other = lines('b', 2 * LONG);
	put(s, "log", old, "", 100);
	struct log_place p = left_at(s, "log", LONG);
	put(s, "log-20261128", old, "tail\n", 150);
	put(s, "log", "short\n", "", 200); /* the same file, shorter */
	finds(s, &p, "rotated: log-20261128@100000 log@0");
	put(s, "log", other, "", 200); /* longer than it was, and other bytes */
	finds(s, &p, "rotated: log-20261128@100000 log@0");
	assert_int_equal(unlinkat(s->fd, "log-20261128", 0), 0);
	finds(s, &p, "gap: log@0");
	assert_int_equal(unlinkat(s->fd, "log", 0), 0);
	finds(s, &p, "missing:");
}

static void it_was_empty(void **state)
{
	struct scratch *s = *state;
	put(s, "log", "", "", 100);
	struct log_place p = left_at(s, "log", 0);
	put(s, "log", "x\n", "", 200);
	finds(s, &p, "followed: log@0");
	assert_int_equal(renameat(s->fd, "log", s->fd, "log.1"), 0);
	put(s, "log", "y\n", "", 300);
	finds(s, &p, "rotated: log.1@0 log@0");
	assert_int_equal(unlinkat(s->fd, "log.1", 0), 0);
	finds(s, &p, "gap: log@0");
}

int main(void)
{
	umask(077);
	const struct CMUnitTest tests[] = {
		scratch_test(it_grew_or_did_not),
		scratch_test(it_was_renamed),
		scratch_test(it_was_copied_and_emptied),
		scratch_test(it_was_empty),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
