/* SPDX-License-Identifier: Apache-2.0 */
/* A folder beside what a second place was told of its evidence. */
#include "tests/unit/head_fixture.h"

/* In a file beside the folder. */
static void tell(const struct scratch *s, const struct head heads[], size_t count, char path[static 4096])
{
	AUTO_TEXT struct text lines = text_make(1 << 16);
	struct error err = {0};
	for (size_t i = 0; i < count; i++) {
		head_add(&heads[i], &lines);
		text_add_char(&lines, '\n');
	}
	snprintf(path, 4096, "%s.heads", s->path);
	assert_int_equal(file_write(AT_FDCWD, path, text_slice(&lines), &err), OK);
}

static struct verify_result held(const struct scratch *s, const char *path)
{
	struct verify_options options = {.head_file = path};
	struct verify_result r;
	struct error err = {0};
	assert_int_equal(verify_folder(s->fd, &options, &r, &err), OK);
	return r;
}

static void wants(const struct scratch *s, const char *path, enum verify_outcome outcome, const char *what)
{
	struct verify_result r = held(s, path);
	if (r.outcome != outcome || (outcome && (!r.problem_count || !strstr(r.problems[0].what, what))))
		print_error("%d, %s\n", (int)r.outcome, r.problem_count ? r.problems[0].what : "no problem");
	assert_int_equal(r.outcome, outcome);
	if (outcome)
		assert_contains(r.problems[0].what, what);
	else
		assert_true(fixture_says(&r.proven, what));
	verify_result_free(&r);
}

static void what_was_told_holds(void **state)
{
	const struct scratch *s = *state;
	struct head h[4];
	char path[4096];
	fixture_session(s, LOG_CLOSED);
	fixture_log(s, ONE, "{\"kind\":\"attempt\",\"t\":2}\n", h);
	fixture_seal_it(s);
	tell(s, h, 3, path);
	wants(s, path, VERIFY_GOOD, "in 3 heads");
	tell(s, h, 2, path); /* the end was not told */
	struct verify_result r = held(s, path);
	assert_int_equal(r.outcome, VERIFY_GOOD);
	assert_int_equal(r.heads, 2);
	assert_true(fixture_says(&r.not_proven, "was not told how it ended"));
	verify_result_free(&r);
	h[3] = h[1];
	h[3].session[0] = 'f';
	tell(s, h, 4, path);
	r = held(s, path);
	assert_int_equal(r.outcome, VERIFY_GOOD);
	assert_int_equal(r.other_count, 1);
	assert_string_equal(r.others[0].id, h[3].session);
	assert_true(fixture_says(&r.not_proven, h[3].session));
	verify_result_free(&r);
	unlink(path);
}

/* Each of these is sealed anew, and good in itself. */
static void what_was_put_in_its_place_shows(void **state)
{
	const struct scratch *s = *state;
	struct head told[3], h[3], wrong[3];
	char path[4096];
	fixture_session(s, LOG_CLOSED);
	fixture_log(s, ONE, "{\"kind\":\"attempt\",\"t\":2}\n", told);
	tell(s, told, 3, path);
	fixture_log(s, ONE, "{\"kind\":\"attempt\",\"t\":3}\n", h);
	fixture_seal_it(s);
	fixture_expect(s, VERIFY_GOOD);
	wants(s, path, VERIFY_BAD, "it was written anew");
	tell(s, h, 3, path);
	wants(s, path, VERIFY_GOOD, "in 3 heads");
	memcpy(wrong, h, sizeof wrong);
	wrong[2].bytes++;
	tell(s, wrong, 3, path);
	wants(s, path, VERIFY_BAD, "it was cut");
	memcpy(wrong, h, sizeof wrong);
	wrong[1].state = HEAD_END;
	tell(s, wrong, 2, path);
	wants(s, path, VERIFY_BAD, "where it ended");
	for (size_t i = 0; i < 3; i++)
		h[i].session[0] = 'f';
	tell(s, h, 3, path);
	wants(s, path, VERIFY_BAD, "another one was put in its place");
	unlink(path);
}

static void a_folder_that_is_not_sealed_is_held_too(void **state)
{
	const struct scratch *s = *state;
	struct head h[3];
	char path[4096];
	fixture_session(s, LOG_CLOSED);
	fixture_log(s, ONE, "{\"kind\":\"attempt\",\"t\":2}\n", h);
	tell(s, h, 3, path);
	struct verify_result r = held(s, path);
	assert_int_equal(r.outcome, VERIFY_UNKNOWN);
	assert_int_equal(r.heads, 3);
	verify_result_free(&r);
	fixture_log(s, ONE, "{\"kind\":\"attempt\",\"t\":3}\n", h);
	r = held(s, path);
	assert_int_equal(r.outcome, VERIFY_BAD);
	verify_result_free(&r);
	unlink(path);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		scratch_test(what_was_told_holds),
		scratch_test(what_was_put_in_its_place_shows),
		scratch_test(a_folder_that_is_not_sealed_is_held_too),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
