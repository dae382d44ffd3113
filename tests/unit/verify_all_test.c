/* SPDX-License-Identifier: Apache-2.0 */
/* Folders of sessions beside what a second place was told: which are here, and which are not. */
#include "tests/unit/head_fixture.h"

/* A sealed session below the folder, its heads added to `told`. */
static void session(const struct scratch *s, const char *path, const char *id, const char *more, struct text *told)
{
	struct scratch own;
	struct head h[3];
	snprintf(own.path, sizeof own.path, "%s/%s", s->path, path);
	assert_int_equal(mkdirat(s->fd, path, 0700), 0);
	own.fd = openat(s->fd, path, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
	fixture_session(&own, LOG_CLOSED);
	fixture_log(&own, id, more, h);
	fixture_seal_it(&own);
	close(own.fd);
	for (size_t i = 0; i < 3 && told; i++) {
		head_add(&h[i], told);
		text_add_char(told, '\n');
	}
}

#define QUIET "{\"kind\":\"attempt\",\"t\":2}\n"

static struct verify_result look(const struct scratch *s, const struct text *told, const char *below, int64_t after_ns)
{
	struct verify_result r;
	struct error err = {0};
	char heads[128], path[256];
	scratch_put(s, "heads", text_slice(told));
	snprintf(heads, sizeof heads, "%s/heads", s->path);
	snprintf(path, sizeof path, "%s/%s", s->path, below);
	const char *const paths[] = {path};
	struct verify_options options = {.head_file = heads, .after_ns = after_ns};
	assert_int_equal(verify_all(paths, 1, &options, &r, &err), OK);
	return r;
}

static void wants(const struct scratch *s, const struct text *told, const char *below, enum verify_outcome outcome, const char *path, const char *what)
{
	struct verify_result r = look(s, told, below, 0);
	assert_int_equal(r.outcome, outcome);
	if (outcome) {
		if (r.problem_count != 1 || !strstr(r.problems[0].what, what))
			print_error("%zu: %s\n", r.problem_count, r.problem_count ? r.problems[0].what : "");
		assert_int_equal(r.problem_count, 1);
		assert_true(slice_ends(slice_of_string(r.problems[0].path), path));
		assert_contains(r.problems[0].what, what);
	} else {
		assert_true(fixture_says(&r.proven, what));
	}
	verify_result_free(&r);
}

static void make_two(const struct scratch *s, struct text *told)
{
	assert_int_equal(mkdirat(s->fd, "all", 0700), 0);
	assert_int_equal(mkdirat(s->fd, "all/audits", 0700), 0);
	session(s, "all/one", ONE, QUIET, told);
	session(s, "all/audits/other", OTHER, QUIET, told);
}

static void all_that_were_told_are_here(void **state)
{
	const struct scratch *s = *state;
	AUTO_TEXT struct text told = text_make(1 << 16);
	make_two(s, &told);
	wants(s, &told, "all", VERIFY_GOOD, "", "2 sessions of which ");
	session(s, "all/untold", "0123456789abcdef0123456789abcdef", QUIET, NULL);
	struct verify_result r = look(s, &told, "all", 0);
	assert_int_equal(r.outcome, VERIFY_GOOD);
	assert_int_equal(r.files, 3);
	assert_true(fixture_says(&r.not_proven, "was never told"));
	verify_result_free(&r);
}

static void one_that_is_gone_is_named(void **state)
{
	const struct scratch *s = *state;
	AUTO_TEXT struct text told = text_make(1 << 16);
	make_two(s, &told);
	wants(s, &told, "all/one", VERIFY_BAD, OTHER, "is not here");
	wants(s, &told, "all/audits", VERIFY_BAD, ONE, "from 2024-02-03T12:00:00Z to 2024-02-03T12:00:00Z");
	struct verify_result r = look(s, &told, "all/audits", 0);
	assert_int_equal(r.other_count, 1);
	assert_string_equal(r.others[0].id, ONE);
	assert_true(r.others[0].ended);
	verify_result_free(&r);
	/* of before that time, nobody asks */
	r = look(s, &told, "all/audits", FIXTURE_NOW);
	assert_int_equal(r.outcome, VERIFY_GOOD);
	verify_result_free(&r);
	r = look(s, &told, "all/audits", FIXTURE_NOW - 1);
	assert_int_equal(r.outcome, VERIFY_BAD);
	verify_result_free(&r);
}

/* Its evidence under the same number, but another: as long, or not, for signatures are of no fixed size. */
static void one_in_the_place_of_another_is_named(void **state)
{
	const struct scratch *s = *state;
	AUTO_TEXT struct text told = text_make(1 << 16);
	make_two(s, &told);
	assert_int_equal(renameat(s->fd, "all/one", s->fd, "away"), 0);
	session(s, "all/one", ONE, "{\"kind\":\"attempt\",\"t\":3}\n", NULL);
	wants(s, &told, "all", VERIFY_BAD, "all/one", "heads was told ");
}

static void what_cannot_be_read_is_unknown(void **state)
{
	const struct scratch *s = *state;
	AUTO_TEXT struct text told = text_make(1 << 16);
	make_two(s, &told);
	scratch_put(s, "all/audits/some.zip", SLICE("no bundle"));
	wants(s, &told, "all", VERIFY_UNKNOWN, "all/audits/some.zip", "is no bundle");
	assert_int_equal(unlinkat(s->fd, "all/audits/some.zip", 0), 0);
	/* links are not followed, and other files are none of ours */
	assert_int_equal(symlinkat("/", s->fd, "all/root"), 0);
	scratch_put(s, "all/notes", SLICE("text"));
	wants(s, &told, "all", VERIFY_GOOD, "", "2 sessions of which ");
}

static void heads_that_tell_of_nothing_are_an_error(void **state)
{
	const struct scratch *s = *state;
	struct verify_result r;
	struct error err = {0};
	char heads[128];
	scratch_put(s, "heads", SLICE("nonsense\n"));
	snprintf(heads, sizeof heads, "%s/heads", s->path);
	const char *const paths[] = {s->path};
	struct verify_options options = {.head_file = heads};
	assert_int_equal(verify_all(paths, 1, &options, &r, &err), ERR_NO_INPUT);
	verify_result_free(&r);
	options.head_file = "/nonexistent";
	assert_int_equal(verify_all(paths, 1, &options, &r, &err), ERR_NO_INPUT);
	verify_result_free(&r);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		scratch_test(all_that_were_told_are_here),
		scratch_test(one_that_is_gone_is_named),
		scratch_test(one_in_the_place_of_another_is_named),
		scratch_test(what_cannot_be_read_is_unknown),
		scratch_test(heads_that_tell_of_nothing_are_an_error),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
