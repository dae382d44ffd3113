/* SPDX-License-Identifier: Apache-2.0 */
#include "tests/unit/watch_lines.h"

#include "cli/watch_print.h"
#include "core/json.h"

static const char ATTEMPT[] =
	"{'kind':'network','t':1795850554000000000,'addresses':[]}\n"
	"{'kind':'attempt','t':1795850554123000000,'call':'connect','proto':'tcp','dst':'192.0.2.2','dport':443,'cookie':5,"
	"'pid':30,'tid':30,'comm':'re\\u001b[2Jach','tree':true,'value':-111}\n";

static const char *plain(struct watched_model *w, bool all, struct text *ret)
{
	text_clear(ret);
	watch_print_plain(w->m, &w->last, all, ret);
	return text_string(ret);
}

static const char *json(struct watched_model *w, struct text *ret)
{
	struct json_value value;
	text_clear(ret);
	watch_print_json(w->m, &w->last, false, ret);
	assert_null(json_read(slice_trim(slice_part(text_slice(ret), 0, ret->size - 1)), &value, NULL));
	return text_string(ret);
}

static void an_attempt_is_a_line(void **state)
{
	struct watched_model *w = *state;
	AUTO_TEXT struct text t = text_make(4096);
	watch_lines(w, ATTEMPT);
	assert_string_equal(plain(w, false, &t),
			    "07:22:34.123 EGRESS re\\x1b[2Jach (pid 30) connect tcp to 192.0.2.2 port 443: refused\n");
	assert_string_equal(json(w, &t),
			    "{\"event\":\"attempt\",\"time_ns\":1795850554123000000,\"number\":1,\"egress\":true,\"in_session\":true,"
			    "\"suite\":false,\"call\":\"connect\",\"proto\":\"tcp\",\"src\":null,\"sport\":null,\"dst\":\"192.0.2.2\","
			    "\"dport\":443,\"outcome\":\"refused\",\"pid\":30,\"comm\":\"re\\u001b[2Jach\"}\n");
	watch_row(w, QUERY_ATTEMPT_OUTCOME, "it", INT64_C(1), "ok");
	assert_contains(json(w, &t), "{\"event\":\"outcome\",");
}

static void others_are_told_where_all_is(void **state)
{
	struct watched_model *w = *state;
	AUTO_TEXT struct text t = text_make(4096);
	watch_lines(w, "{'kind':'attempt','t':1795850554123000000,'call':'connect','proto':'tcp','dst':'192.0.2.2','dport':443,"
		       "'cookie':5,'pid':30,'tid':30,'comm':'x'}\n");
	assert_string_equal(plain(w, false, &t), "");
	assert_contains(plain(w, true, &t), "egress of another x (pid 30)");
}

static void each_kind_has_its_line(void **state)
{
	struct watched_model *w = *state;
	AUTO_TEXT struct text t = text_make(4096);
	watch_lines(w, "{'kind':'process','t':1795850554000000000,'pid':10,'ppid':1,'uid':7,'comm':'sh','exe':'/bin/sh','tree':true}\n");
	assert_string_equal(plain(w, false, &t), "07:22:34.000 process sh (pid 10) /bin/sh\n");
	assert_contains(json(w, &t), "\"status\":null");
	watch_row(w, QUERY_PROCESS_END, "iii", INT64_C(1), INT64_C(1795850555000000000), INT64_C(256));
	assert_string_equal(plain(w, false, &t), "07:22:35.000 ended sh (pid 10) wait status 256 /bin/sh\n");
	assert_contains(json(w, &t), "\"event\":\"exit\"");
	watch_row(w, QUERY_NAME_INSERT, "itti", INT64_C(1), "host.example", "sni", INT64_C(1795850556000000000));
	assert_string_equal(plain(w, false, &t), "07:22:36.000 name host.example (sni)\n");
	assert_contains(json(w, &t), "\"event\":\"name\"");
	watch_row(w, QUERY_WITNESS_SET, "tttt", "kernel", "died", "somebody ended it", "");
	assert_string_equal(plain(w, false, &t), "07:22:36.000 WITNESS kernel blind: somebody ended it\n");
	assert_contains(json(w, &t), "\"state\":\"blind\"");
	watch_row(w, QUERY_SESSION_SET, "tt", "close_reason", "ended");
	assert_string_equal(plain(w, false, &t), "07:22:36.000 end: 0 egress attempts, 0 local, 0 records lost\n");
	assert_contains(json(w, &t), "\"egress\":0");
}

/* What a screen would show as an alert: said once, behind all else. */
static void what_is_doubtful_is_said_at_the_end(void **state)
{
	struct watched_model *w = *state;
	AUTO_TEXT struct text t = text_make(4096);
	watch_lines(w, ATTEMPT); /* which were never sealed */
	watch_print_doubt(w->m, false, &t);
	assert_contains(text_string(&t), "it was broken off or cut; 0 records were not understood; a first line that names no key");
	text_clear(&t);
	w->m->problem[0] = 0;
	watch_print_doubt(w->m, true, &t);
	assert_string_equal(text_string(&t), "{\"event\":\"doubt\",\"closed\":false,\"not_understood\":0,\"problem\":\"\"}\n");
	w->m->closed = true;
	text_clear(&t);
	watch_print_doubt(w->m, false, &t);
	assert_string_equal(text_string(&t), "");
	w->m->skipped = 2;
	watch_print_doubt(w->m, false, &t);
	assert_string_equal(text_string(&t), "doubt: the evidence came to its end; 2 records were not understood\n");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		WATCHED(an_attempt_is_a_line),
		WATCHED(others_are_told_where_all_is),
		WATCHED(each_kind_has_its_line),
		WATCHED(what_is_doubtful_is_said_at_the_end),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
