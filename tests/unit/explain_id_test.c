/* SPDX-License-Identifier: Apache-2.0 */
#include "tests/unit/judge_rows.h"

#include "cli/explain_id.h"
#include "core/auto.h"
#include "core/json.h"

static const char log_and_lie[] =
	"INSERT INTO app_log (id, app, path, copy, role, copied_from, before_bytes, after_bytes, change) VALUES"
	" (1, 'agent', '/var/log/agent', 'applogs/1-log', 'audit', 0, 0, 9, 'appended');"
	"INSERT INTO app_event (id, log, line, time_ns, text, dst, dport, pid, disposition) VALUES"
	" (7, 1, 2, 1001000001000, 'as it was kept', '127.0.0.1', 11434, 10, 'blocked');";

static const char rests_on_it[] = "INSERT INTO finding (id, severity, effect, check_id, title, detail, evidence, remedy)"
				  " VALUES (50, 'high', 'FAIL', 'egress', 'An attempt', '', '{\"attempt\":11,\"attempts\":1}', '');";

static struct text shown;

static const char *explained(struct rows *r, const char *id, bool as_json, enum status wanted)
{
	static struct error err;
	text_free(&shown);
	shown = text_make(1 << 20);
	err = (struct error){0};
	assert_int_equal(explain_id(r->s->path, id, as_json, &shown, &err), wanted);
	return wanted ? err.text : text_string(&shown);
}

static void prepare(struct rows *r)
{
	rows_do(r, whole_session);
	rows_do(r, log_and_lie);
	assert_int_equal(rows_judge(r), VERDICT_FAIL);
	rows_do(r, rests_on_it);
	struct error err = {0};
	assert_int_equal(store_close(&r->store, &err), OK);
	assert_int_equal(mkdirat(r->s->fd, "applogs", 0700), 0);
	scratch_put(r->s, "applogs/1-log", SLICE("first\nsecond, as it stands\nthird\n"));
	AUTO_TEXT struct text lines = text_make(1 << 20);
	for (int i = 1; i < 40; i++)
		text_addf(&lines, "{\"n\":%d}\n", i);
	text_add_string(&lines, "{\"n\":40,\"kind\":\"attempt\"}\n");
	scratch_put(r->s, "evidence.ndjson", text_slice(&lines));
}

static void both_records_and_the_rule(void **state)
{
	struct rows *r = *state;
	prepare(r);
	const char *text = explained(r, "event:7", false, OK);
	assert_contains(text, "contradicted, because the log says blocked");
	assert_contains(text, "(rule lie_blocked)");
	assert_contains(text, "/var/log/agent, line 2\n      second, as it stands\n");
	assert_contains(text, "evidence.ndjson, record 40\n      {\"n\":40,\"kind\":\"attempt\"}\n");
	assert_contains(text, "its clock: agrees");
	assert_contains(text, "agent (pid 10, /opt/agent) called connect to 127.0.0.1 port 11434");
	assert_contains(text, "packets, flow:10: tcp from 127.0.0.1 port 40001");
	AUTO_FREE char *by_match = must_strdup(explained(r, "match:1", false, OK));
	assert_string_equal(explained(r, "attempt:10", false, OK), by_match);
	assert_contains(explained(r, "flow:10", false, OK), "event:7");
}

static void as_json(void **state)
{
	struct rows *r = *state;
	struct json_value v;
	prepare(r);
	const char *text = explained(r, "event:7", true, OK);
	assert_null(json_read(slice_of_string(text), &v, NULL));
	assert_contains(text, "\"outcome\":\"contradicted\",\"rule\":\"lie_blocked\"");
	assert_contains(text, "\"effect\":\"FAIL\"");
	assert_contains(text, "\"file\":\"applogs/1-log\",\"line\":2,");
	assert_contains(text, "\"raw\":\"second, as it stands\"");
}

/* Without the files the database's own text is shown. */
static void without_the_files(void **state)
{
	struct rows *r = *state;
	prepare(r);
	assert_int_equal(unlinkat(r->s->fd, "applogs/1-log", 0), 0);
	assert_contains(explained(r, "event:7", false, OK), "as it was kept");
}

/* Of an attempt that no log tells of there is the finding all the same. */
static void the_finding_that_rests_on_it(void **state)
{
	struct rows *r = *state;
	prepare(r);
	const char *text = explained(r, "attempt:11", false, OK);
	assert_contains(text, "no other record was held against it");
	assert_contains(text, "finding 50 (FAIL): An attempt");
	assert_contains(explained(r, "attempt:11", true, OK), "\"findings\":[{\"id\":50,\"effect\":\"FAIL\",\"title\":\"An attempt\"}]");
}

static void what_there_is_not(void **state)
{
	struct rows *r = *state;
	prepare(r);
	assert_contains(explained(r, "event:8", false, ERR_NO_INPUT), "there is no event:8");
	assert_contains(explained(r, "attempt:11", false, OK), "no other record was held against it");
	static const char *const wrong[] = {"event", "event:", "event:0", "event:-1", "event:1x", "line:1", ":1", "", "events:1"};
	for (size_t i = 0; i < LENGTH(wrong); i++)
		assert_contains(explained(r, wrong[i], false, ERR_USAGE), "names nothing");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		rows_test(both_records_and_the_rule),
		rows_test(as_json),
		rows_test(without_the_files),
		rows_test(the_finding_that_rests_on_it),
		rows_test(what_there_is_not),
	};
	int failed = cmocka_run_group_tests(tests, NULL, NULL);
	text_free(&shown);
	return failed;
}
