/* SPDX-License-Identifier: Apache-2.0 */
/* A folder beside the log of a register of a TPM, and what that holds. */
#include "tests/unit/head_fixture.h"

#include "core/head_register.h"

struct kept {
	const struct scratch *s;
	struct text log;
	char path[4096];
	struct verify_register at;
};

static void begin(struct kept *k, const struct scratch *s)
{
	*k = (struct kept){.s = s, .log = text_make(1 << 16), .at = {.now = {.number = 13, .wall_ns = FIXTURE_NOW, .resets = 3}}};
	snprintf(k->path, sizeof k->path, "%s.heads", s->path);
}

static void tell(struct kept *k, const struct text *line)
{
	head_register_extend(k->at.now.value, text_slice(line));
	text_add(&k->log, text_slice(line));
	text_add_char(&k->log, '\n');
}

static void tell_register(struct kept *k)
{
	AUTO_TEXT struct text line = text_make(HEAD_LINE_MAX);
	head_register_add(&k->at.now, &line);
	tell(k, &line);
}

static void tell_heads(struct kept *k, const struct head heads[], size_t count)
{
	for (size_t i = 0; i < count; i++) {
		AUTO_TEXT struct text line = text_make(HEAD_LINE_MAX);
		head_add(&heads[i], &line);
		tell(k, &line);
	}
}

/* Told heads of a sealed session. */
static void setup(struct kept *k, const struct scratch *s, struct head h[static 3])
{
	fixture_session(s, LOG_CLOSED);
	fixture_log(s, ONE, "{\"kind\":\"attempt\",\"t\":2}\n", h);
	fixture_seal_it(s);
	begin(k, s);
	tell_register(k);
	tell_heads(k, h, 3);
}

static struct verify_result held(struct kept *k)
{
	struct verify_options options = {.head_file = k->path, .head_register = &k->at};
	struct verify_result r;
	struct error err = {0};
	assert_int_equal(file_write(AT_FDCWD, k->path, text_slice(&k->log), &err), OK);
	k->at.log_bytes = k->log.size;
	assert_int_equal(verify_folder(k->s->fd, &options, &r, &err), OK);
	return r;
}

static void wants(struct kept *k, enum verify_outcome outcome, const char *what)
{
	struct verify_result r = held(k);
	if (r.outcome != outcome || (outcome && (!r.problem_count || !strstr(r.problems[r.problem_count - 1].what, what))))
		print_error("%d, %s\n", (int)r.outcome, r.problem_count ? r.problems[r.problem_count - 1].what : "no problem");
	assert_int_equal(r.outcome, outcome);
	if (outcome)
		assert_contains(r.problems[r.problem_count - 1].what, what);
	else
		assert_true(fixture_says(&r.proven, what));
	verify_result_free(&r);
}

static void end(struct kept *k)
{
	unlink(k->path);
	text_free(&k->log);
}

static void what_the_register_leads_to_holds(void **state)
{
	struct kept k;
	struct head h[3];
	setup(&k, *state, h);
	wants(&k, VERIFY_GOOD, "3 of these heads");
	wants(&k, VERIFY_GOOD, "are among the 4 lines from line 1 ");
	/* what is told once it was asked is not looked at */
	struct head_register then = k.at.now;
	size_t size = k.log.size;
	tell_heads(&k, h, 1);
	assert_int_equal(file_write(AT_FDCWD, k.path, text_slice(&k.log), &(struct error){0}), OK);
	k.at.now = then;
	struct verify_register at = k.at;
	at.log_bytes = size;
	struct verify_options options = {.head_file = k.path, .head_register = &at};
	struct verify_result r;
	struct error err = {0};
	assert_int_equal(verify_folder(k.s->fd, &options, &r, &err), OK);
	assert_int_equal(r.outcome, VERIFY_GOOD);
	assert_true(fixture_says(&r.not_proven, "can add some, and take none back"));
	verify_result_free(&r);
	end(&k);
}

static void what_it_does_not_lead_to_cannot_be_told(void **state)
{
	struct kept k;
	struct head h[3];
	setup(&k, *state, h);
	struct head_register now = k.at.now;
	head_register_extend(k.at.now.value, SLICE("something else"));
	wants(&k, VERIFY_UNKNOWN, "which cannot be told apart");
	k.at.now.restarts++;
	wants(&k, VERIFY_UNKNOWN, "or it began anew when the machine slept");
	k.at.now.resets++;
	wants(&k, VERIFY_UNKNOWN, "the TPM was reset since");
	k.at.now = now;
	k.at.now.number = 14;
	wants(&k, VERIFY_UNKNOWN, "is the log of register 13, not of 14");
	k.at.now = now;
	k.at.unknown = "no TPM 2.0 here";
	wants(&k, VERIFY_UNKNOWN, "is not known (no TPM 2.0 here)");
	k.at.unknown = NULL;
	wants(&k, VERIFY_GOOD, "3 of these heads");
	char *time = strstr(k.log.at, "\"state\":\"open\",\"t\":");
	assert_non_null(time);
	time[strlen("\"state\":\"open\",\"t\":")] ^= 1; /* what the folder is not held against */
	wants(&k, VERIFY_UNKNOWN, "cannot be told apart");
	k.log.at[0] = ' '; /* of what the register held */
	wants(&k, VERIFY_UNKNOWN, "no line of it says");
	end(&k);
}

/* A session of before, and one of after the register was extended with something else. */
static void what_stands_in_front_of_a_break_is_not_vouched_for(void **state)
{
	struct kept k;
	struct head h[3], late[3];
	setup(&k, *state, h);
	head_register_extend(k.at.now.value, SLICE("something else"));
	tell_register(&k);
	wants(&k, VERIFY_UNKNOWN, "stand in front of line 5 ");
	/* a later head covers all of the log before it */
	memcpy(late, h, sizeof late);
	tell_heads(&k, &late[2], 1);
	wants(&k, VERIFY_GOOD, "1 of these heads");
	struct verify_result r = held(&k);
	assert_true(fixture_says(&r.not_proven, "in front of line 5"));
	verify_result_free(&r);
	end(&k);
}

static void a_folder_that_does_not_fit_is_bad_whatever_the_register_holds(void **state)
{
	const struct scratch *s = *state;
	struct kept k;
	struct head h[3];
	setup(&k, s, h);
	fixture_log(s, ONE, "{\"kind\":\"attempt\",\"t\":3}\n", h);
	struct verify_result r = held(&k);
	assert_int_equal(r.outcome, VERIFY_BAD);
	verify_result_free(&r);
	k.at.unknown = "no TPM 2.0 here";
	r = held(&k);
	assert_int_equal(r.outcome, VERIFY_BAD);
	verify_result_free(&r);
	end(&k);
}

static void a_session_that_was_never_told_is_bad(void **state)
{
	const struct scratch *s = *state;
	struct kept k;
	struct head h[3];
	setup(&k, s, h);
	end(&k);
	begin(&k, s);
	tell_register(&k);
	for (size_t i = 0; i < 3; i++)
		h[i].session[0] = 'f';
	tell_heads(&k, h, 3);
	struct verify_result r = held(&k);
	assert_int_equal(r.outcome, VERIFY_BAD);
	assert_contains(r.problems[0].what, "another one was put in its place");
	assert_true(fixture_says(&r.not_proven, "whether heads of this session were told before line 1 "));
	verify_result_free(&r);
	end(&k);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		scratch_test(what_the_register_leads_to_holds),
		scratch_test(what_it_does_not_lead_to_cannot_be_told),
		scratch_test(what_stands_in_front_of_a_break_is_not_vouched_for),
		scratch_test(a_folder_that_does_not_fit_is_bad_whatever_the_register_holds),
		scratch_test(a_session_that_was_never_told_is_bad),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
