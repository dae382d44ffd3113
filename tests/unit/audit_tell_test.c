/* SPDX-License-Identifier: Apache-2.0 */
/* What came of an audit, for whoever waits for it. */
#include "tests/unit/judge_rows.h"

#include "cli/audit_tell.h"
#include "core/clock.h"
#include "core/json.h"

static struct audit_told told;
static struct policy_audit policy;

static void reset(void)
{
	told = (struct audit_told){.judged = true, .verdict = VERDICT_FAIL, .exit_status = 1, .failing = 2, .undecided = 1, .ended_ns = CLOCK_SECOND};
	snprintf(told.host, sizeof told.host, "a\nb");
	snprintf(told.bundle, sizeof told.bundle, "/s/\033[2J.zip");
	snprintf(told.folder, sizeof told.folder, "/s/f; rm -rf $HOME");
	snprintf(told.changes[0].check, sizeof told.changes[0].check, "new_listener");
	snprintf(told.changes[1].check, sizeof told.changes[1].check, "log_gap");
	snprintf(told.changes[1].title, sizeof told.changes[1].title, "\"`x`\"");
	told.change_count = 2;
	policy_audit_defaults(&policy);
}

static void one_line_whatever_it_holds(void **state)
{
	(void)state;
	reset();
	AUTO_TEXT struct text line = text_make(1 << 16);
	audit_tell_line(&told, &line);
	assert_string_equal(text_string(&line), "FAIL on a\\x0ab: 2 failing, 1 open; new: new_listener log_gap; /s/\\x1b[2J.zip");
	text_clear(&line);
	snprintf(told.reason, sizeof told.reason, "An attempt: x\033 → 192.0.2.1");
	audit_tell_line(&told, &line);
	assert_contains(text_string(&line), ": 2 failing, 1 open (An attempt: x\\x1b → 192.0.2.1); new: new_listener");
	text_clear(&line);
	told.change_count = 0;
	told.tight = true;
	told.unverified = 1;
	told.disk_tight = true;
	told.nights = 1;
	told.bundle[0] = 0;
	audit_tell_line(&told, &line);
	assert_contains(text_string(&line), "new: nothing; four fifths of the disk budget are used; the disk has room for 1 more night; 1 bundle does not verify; /s/f;");
	text_clear(&line);
	told.judged = false;
	told.folder[0] = 0;
	snprintf(told.trouble, sizeof told.trouble, "no room");
	audit_tell_line(&told, &line);
	assert_contains(text_string(&line), "ERROR on a\\x0ab: no room; four");
}

static void an_object_that_can_be_read(void **state)
{
	(void)state;
	reset();
	AUTO_TEXT struct text json = text_make(1 << 16);
	struct json_value whole;
	audit_tell_json(&told, &json);
	assert_null(json_read(slice_part(text_slice(&json), 0, json.size - 1), &whole, NULL));
	assert_contains(text_string(&json), "{\"verdict\":\"FAIL\",\"exit\":1,\"problem\":null,\"host\":\"a\\nb\"");
	assert_contains(text_string(&json), "{\"check_id\":\"log_gap\",\"title\":\"\\\"`x`\\\"\"}");
	assert_contains(text_string(&json), "\"reason\":null,");
	told.judged = false;
	text_clear(&json);
	audit_tell_json(&told, &json);
	assert_contains(text_string(&json), "{\"verdict\":null,");
}

static void program(struct scratch *s, const char *text)
{
	char script[512];
	snprintf(script, sizeof script, "#!/bin/sh\n%s\n", text);
	scratch_put(s, "notify", slice_of_string(script));
	assert_int_equal(fchmodat(s->fd, "notify", 0700, 0), 0);
	snprintf(policy.notify, sizeof policy.notify, "%s/notify", s->path);
}

static void a_program_and_a_file(void **state)
{
	struct scratch *s = *state;
	struct error err = {0};
	size_t size;
	reset();
	assert_int_equal(audit_tell_notify(&policy, &told, &err), OK); /* none is named */
	snprintf(policy.notify_file, sizeof policy.notify_file, "%s/lines", s->path);
	program(s, "cd ${0%/*}; cat >json; echo \"$AIRGAP_VERDICT $AIRGAP_EXIT $AIRGAP_CHANGES $AIRGAP_FOLDER\" >words; echo noise");
	for (int i = 0; i < 2; i++)
		assert_int_equal(audit_tell_notify(&policy, &told, &err), OK);
	char *text = scratch_get(s, "lines", &size);
	assert_contains(text, "1970-01-01T00:00:01Z FAIL on a\\x0ab: 2 failing");
	assert_int_equal(strchr(text, '\n') != strrchr(text, '\n'), 1);
	free(text);
	text = scratch_get(s, "words", &size);
	assert_string_equal(text, "FAIL 1 new_listener log_gap /s/f; rm -rf $HOME\n");
	free(text);
	text = scratch_get(s, "json", &size);
	assert_contains(text, "\"verdict\":\"FAIL\"");
	free(text);
	program(s, "exit 3");
	assert_int_equal(audit_tell_notify(&policy, &told, &err), ERR_UNAVAILABLE);
	assert_contains(err.text, "ended with 3");
	snprintf(policy.notify, sizeof policy.notify, "%s/none", s->path);
	assert_int_equal(audit_tell_notify(&policy, &told, &err), ERR_NO_INPUT);
	assert_contains(err.text, "/none cannot be run; it, and the interpreter that its first line names, must be there and executable: No such");
	scratch_put(s, "none", SLICE("#!/not/there\n"));
	assert_int_equal(audit_tell_notify(&policy, &told, &err), ERR_PERMISSION);
	assert_contains(err.text, "executable: Permission denied");
	assert_int_equal(fchmodat(s->fd, "none", 0700, 0), 0);
	assert_int_equal(audit_tell_notify(&policy, &told, &err), ERR_NO_INPUT);
	assert_contains(err.text, "executable: No such");
	/* what stands there is not written through a link; the program is run all the same */
	assert_int_equal(unlinkat(s->fd, "lines", 0) || symlinkat("other", s->fd, "lines"), 0);
	program(s, "cd ${0%/*}; : >ran");
	assert_int_equal(audit_tell_notify(&policy, &told, &err), ERR_CREATE);
	assert_false(scratch_has(s, "other"));
	assert_true(scratch_has(s, "ran"));
	/* both failed: both are told */
	program(s, "exit 127");
	assert_int_equal(audit_tell_notify(&policy, &told, &err), ERR_CREATE);
	assert_contains(err.text, "/lines: ");
	assert_contains(err.text, "; notify: ");
	assert_contains(err.text, "ended with 127");
}

/* Who reads the line at breakfast sees why, and not only how many. */
static void the_reason_is_what_decides(void **state)
{
	struct rows *r = *state;
	struct error err = {0};
	rows_do(r, whole_session);
	rows_do(r, FACT("close_reason", "evidence could not be written") FACT("clock_synchronised", "false"));
	assert_int_equal(rows_judge(r), VERDICT_INCONCLUSIVE);
	told = (struct audit_told){.judged = true};
	assert_int_equal(audit_tell_read(r->store, &told, &err), OK);
	assert_string_equal(told.reason, "The watch ended before the command did");
	rows_do(r, ATTEMPT("1, 'connect', 'tcp', '198.51.100.1', 443, 'ok'"));
	assert_int_equal(rows_judge(r), VERDICT_FAIL);
	told = (struct audit_told){.judged = true};
	assert_int_equal(audit_tell_read(r->store, &told, &err), OK);
	assert_contains(told.reason, "An attempt to reach another machine");
}

int main(void)
{
	umask(077);
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(one_line_whatever_it_holds),
		cmocka_unit_test(an_object_that_can_be_read),
		scratch_test(a_program_and_a_file),
		rows_test(the_reason_is_what_decides),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
