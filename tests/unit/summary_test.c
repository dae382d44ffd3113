/* SPDX-License-Identifier: Apache-2.0 */
#include "tests/unit/judge_rows.h"

#include "core/auto.h"
#include "core/text.h"
#include "report/summary.h"

static char *show(struct rows *r, const struct summary_request *request)
{
	struct error err = {0};
	AUTO_TEXT struct text t = text_make(1 << 20);
	assert_int_equal(summary_text(r->store, request, &t, &err), OK);
	return must_strdup(text_string(&t));
}

static void a_pass(void **state)
{
	struct rows *r = *state;
	int status = 3 << 8;
	rows_do(r, whole_session);
	rows_judge(r);
	AUTO_FREE char *text = show(r, &(struct summary_request){.path = "s", .folder = true, .command_status = &status});
	assert_contains(text, "\nPASS\n\n  Nothing that the session did left this machine");
	assert_contains(text, "Seen       1 process, 2 local connections, 0 attempts to leave");
	assert_contains(text, "kernel on (12.1 s shown), packets on (12.1 s shown), sock_diag on");
	assert_contains(text, "Command    ended with exit status 3\n");
	assert_contains(text, "Report     s/report/report.pdf\n");
	assert_null(strstr(text, "Why"));
	assert_null(strchr(text, '\033'));
}

static void a_fail(void **state)
{
	struct rows *r = *state;
	int status = 9;
	rows_do(r, whole_session);
	rows_do(r, ATTEMPT("1, 'connect', 'tcp', '198.51.100.1', 443, 'ok'") FACT("clock_synchronised", "false")
			   "UPDATE attempt SET comm = 'a' || char(27) || '[31m' WHERE id = 100;");
	rows_judge(r);
	AUTO_FREE char *text = show(r, &(struct summary_request){.path = "x.db", .colour = true, .command_status = &status});
	assert_contains(text, "\033[1;31mFAIL\033[0m\n");
	assert_contains(text, "\nWhy\n   1. An attempt to reach another machine");
	assert_null(strstr(text, "\033[31m")); /* a name of a process is no colour */
	assert_contains(text, "1 note in the report (or -v)");
	assert_null(strstr(text, "was not synchronised"));
	assert_contains(text, "Command    ended by signal 9");
	assert_contains(text, "Database   x.db\n");
	AUTO_FREE char *more = show(r, &(struct summary_request){.path = "x.db", .verbose = true});
	assert_contains(more, "\nNotes (they change nothing of the verdict)\n");
	assert_contains(more, "was not synchronised");
	assert_null(strstr(more, "(or -v)"));
}

/* Lines about findings are at most 88 columns. */
static void lines_are_wrapped(void **state)
{
	struct rows *r = *state;
	rows_do(r, whole_session);
	for (int i = 0; i < 20; i++) {
		char sql[512];
		snprintf(sql, sizeof sql, "INSERT INTO attempt (time_ns, witness, source, in_cgroup, in_tree, suite, record, pid, comm,"
			 " in_session, call, proto, dst, dport, outcome) VALUES (1004000000000, 'kernel', 1, 1, 1, 0, 1, 10, 'agent', 1,"
			 " 'connect', 'tcp', '198.51.100.%d', 443, 'refused');", i);
		rows_do(r, sql);
	}
	rows_judge(r);
	AUTO_FREE char *text = show(r, &(struct summary_request){.path = "x.db"});
	assert_contains(text, " 12. ");
	assert_null(strstr(text, " 13. "));
	assert_contains(text, "… and 8 more, in the report");
	const char *remedy = strstr(text, "→ Find out");
	assert_non_null(remedy);
	assert_null(strstr(remedy + 1, "→ Find out")); /* it is the same for all of them */
	assert_contains(text, "      → as for 1\n");
	struct cursor c = cursor_over(slice_of_string(text));
	struct slice line;
	while (cursor_line(&c, &line, NULL) && !slice_starts(line, "Seen")) {
		size_t columns = 0;
		for (size_t i = 0; i < line.size; i++)
			columns += (line.at[i] & 0xc0) != 0x80;
		assert_true(columns <= 88);
	}
}

static void what_a_tier_cannot_count_it_does_not_say(void **state)
{
	struct rows *r = *state;
	rows_do(r, whole_session);
	rows_do(r, FACT("tier", "unprivileged"));
	rows_judge(r);
	AUTO_FREE char *text = show(r, &(struct summary_request){.path = "a b", .folder = true});
	assert_contains(text, "Seen       1 process by its calls, ");
	assert_contains(text, "airgap-verify verify 'a b', or"); /* to be copied */
}

static void as_json(void **state)
{
	struct rows *r = *state;
	int status = 256;
	struct error err = {0};
	struct json_value v;
	size_t at = 0;
	rows_do(r, whole_session);
	rows_do(r, ATTEMPT("1, 'connect', 'tcp', '198.51.100.1', 443, 'ok'")
			   "UPDATE attempt SET comm = 'a\"' || char(10, 200) WHERE id = 100;");
	rows_judge(r);
	AUTO_TEXT struct text t = text_make(1 << 20);
	assert_int_equal(summary_json(r->store, &(struct summary_request){.path = "s", .command_status = &status}, &t, &err), OK);
	assert_null(json_read(text_slice(&t), &v, &at));
	assert_contains(text_string(&t), "\"verdict\":\"FAIL\"");
	assert_contains(text_string(&t), "\"leaving_attempts\":1");
	assert_contains(text_string(&t), "\"command_exit\":1");
	assert_contains(text_string(&t), "\"check_id\":\"egress\"");
	struct text small = text_make(64);
	assert_int_equal(summary_json(r->store, &(struct summary_request){.path = "s"}, &small, &err), ERR_LIMIT);
	text_free(&small);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		rows_test(a_pass),
		rows_test(a_fail),
		rows_test(lines_are_wrapped),
		rows_test(what_a_tier_cannot_count_it_does_not_say),
		rows_test(as_json),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
