/* SPDX-License-Identifier: Apache-2.0 */
/* From what earlier sessions found to the trend: the reader, this session beside them, the
 * documents with none and with a hundred. */
#include "tests/unit/direct.h"
#include "tests/unit/judge_rows.h"

#include "core/text.h"
#include "ingest/registry.h"
#include "report/document.h"

#define HEAD "{\"format\":\"airgap-verify past\",\"version\":1,\"host\":\"a\",\"place\":\"/p\",\"found\":2,\"left_out\":0,\"problem\":null}\n"
#define AUDIT(n, verdict, leaving) \
	"{\"audit\":" n ",\"id\":\"id" n "\",\"folder\":\"f" n "\",\"started_ns\":" n "000000000,\"verdict\":\"" verdict "\",\"attempts_leaving\":" leaving "," \
	"\"seen_permille\":900,\"destinations_more\":0,\"destinations_cut\":false,\"seal\":\"holds\"}\n"
#define TO(n, destination) "{\"audit\":" n ",\"destination\":\"" destination "\",\"attempts\":2}\n"
#define UNREAD(n) "{\"audit\":" n ",\"id\":\"x\",\"folder\":\"f\",\"started_ns\":9,\"problem\":\"gone\"}\n"

static void read_lines(struct rows *r, struct slice bytes)
{
	struct error err = {0};
	struct ingest to = {.path = "past.ndjson"};
	uint64_t records = 0;
	sqlite3_stmt *q = store_query(r->store, QUERY_SOURCE_INSERT);
	store_bind_text(q, 1, "past.ndjson");
	store_bind_text(q, 2, "past");
	assert_int_equal(store_run(q, &err), OK);
	to.source = store_last_id(r->store);
	assert_int_equal(direct_read(r->store, &to, &reader_past, bytes, &records, &err), OK);
}

static void lines_become_rows(void **state)
{
	struct rows *r = *state;
	read_lines(r, SLICE(HEAD AUDIT("1", "PASS", "0") TO("1", "x\\u002eexample") UNREAD("2") "{\"audit\":1}\n{\"audit\":0,\"destination\":\"x\",\"attempts\":1}\n"
			    "{\"audit\":101,\"destination\":\"x\",\"attempts\":1}\nnothing\n{\"audit\":1,\"destination\":\"x\",\"attempts\":-1}\n"
			    AUDIT("1", "FAIL", "9") AUDIT("4", "COMPLIANT", "0")));
	assert_rows(r->store, "SELECT host, place, found, problem FROM past_search", "a|/p|2|-;");
	assert_rows(r->store, "SELECT audit, session, verdict, leaving, seen_permille, seal, problem FROM past ORDER BY audit",
		    "1|id1|PASS|0|900|holds|-;2|x|-|-|-|-|gone;"); /* the same number again is none */
	assert_rows(r->store, "SELECT audit, destination, attempts FROM past_destination", "1|x.example|2;");
	assert_rows(r->store, "SELECT sum(count) FROM skipped", "6;");
}

/* Beside a session that fails: one destination is new, one known, one gone, one gone before. */
static void what_is_new_and_what_is_gone(void **state)
{
	struct rows *r = *state;
	rows_do(r, whole_session);
	rows_do(r, ATTEMPT("1, 'connect', 'tcp', '198.51.100.1', 443, 'ok'"));
	rows_do(r, "INSERT INTO attempt (id, time_ns, witness, call, proto, dst, dport, outcome, pid, comm, in_cgroup, in_tree, in_session, suite, source, record)"
		   " SELECT 201, time_ns, witness, call, proto, '198.51.100.2', dport, outcome, pid, comm, in_cgroup, in_tree, in_session, suite, source, record + 100"
		   " FROM attempt WHERE dst = '198.51.100.1' LIMIT 1;");
	read_lines(r, SLICE(HEAD AUDIT("1", "PASS", "2") TO("1", "old.example") AUDIT("2", "FAIL", "4") TO("2", "198.51.100.2") TO("2", "gone.example")
			    UNREAD("3")));
	for (int i = 0; i < 2; i++) { /* judged again it is the same */
		assert_int_equal(rows_judge(r), VERDICT_FAIL);
		assert_rows(r->store, "SELECT audit, verdict, destinations, destinations_new, destinations_gone, seen_permille, this_session FROM v_past ORDER BY audit",
			    "1|PASS|1|-|-|900|0;2|FAIL|2|2|1|900|0;3|-|-|-|-|-|0;4|FAIL|2|1|1|1000|1;");
		assert_rows(r->store, "SELECT destination, state, audits FROM v_past_destination ORDER BY destination",
			    "198.51.100.1|new|1;198.51.100.2|known|2;gone.example|gone|1;old.example|gone before|1;");
	}
	/* where not all of one are known, none of the next is called new */
	rows_do(r, "UPDATE past SET cut = 1 WHERE audit = 2;");
	assert_rows(r->store, "SELECT destinations_new, destinations_gone FROM v_past WHERE audit = 2", "-|-;");
}

static void nobody_looked(void **state)
{
	struct rows *r = *state;
	rows_do(r, whole_session);
	assert_int_equal(rows_judge(r), VERDICT_PASS);
	assert_rows(r->store, "SELECT count(*) FROM v_past", "0;");
	read_lines(r, SLICE("{\"format\":\"airgap-verify past\",\"version\":1,\"host\":\"a\",\"place\":\"/p\",\"found\":0,\"left_out\":0,\"problem\":null}\n"));
	assert_int_equal(rows_judge(r), VERDICT_PASS);
	assert_rows(r->store, "SELECT count(*) FROM v_past", "0;"); /* alone it is no trend */
	assert_rows(r->store, "SELECT count(*) FROM v_past_destination", "0;");
}

static char *document(struct rows *r, const char *format)
{
	char path[64];
	size_t size;
	struct error err = {0};
	enum status status = report_write(r->store, r->s->fd, format, NULL, &err);
	if (status)
		print_error("%s\n", err.text);
	assert_int_equal(status, OK);
	snprintf(path, sizeof path, "report/report.%s", format);
	return scratch_get(r->s, path, &size);
}

/* With none, one and a hundred: each document is written, and the same when it is again. */
static void documents_show_it(void **state)
{
	struct rows *r = *state;
	static const int counts[] = {0, 1, 100};
	for (size_t n = 0; n < LENGTH(counts); n++) {
		AUTO_TEXT struct text lines = text_make(1 << 20);
		rows_do(r, "DELETE FROM past; DELETE FROM past_destination; DELETE FROM past_search; DELETE FROM source;");
		rows_do(r, clean_session);
		rows_do(r, whole_session);
		rows_do(r, ATTEMPT("1, 'connect', 'tcp', '198.51.100.1', 443, 'ok'"));
		text_add_string(&lines, HEAD);
		for (int i = 1; i <= counts[n]; i++)
			text_addf(&lines, "{\"audit\":%d,\"id\":\"i%d\",\"folder\":\"<f>\",\"started_ns\":%d000000000,\"verdict\":\"%s\",\"attempts_leaving\":%d}\n"
				  "{\"audit\":%d,\"destination\":\"<d%d>\",\"attempts\":1}\n", i, i, i, i % 3 ? "PASS" : "INCONCLUSIVE", i % 7, i, i % 5);
		read_lines(r, text_slice(&lines));
		assert_int_equal(rows_judge(r), VERDICT_FAIL);
		char *html = document(r, "html"), *again = document(r, "html"), *json = document(r, "json");
		assert_string_equal(html, again);
		assert_int_equal(strstr(html, "Earlier sessions of this host, and this one:") != NULL, counts[n] > 0);
		assert_null(strstr(html, "<f>"));
		assert_int_equal(strstr(json, "\"destination\":\"198.51.100.1\",\"attempts\":1,\"audits\":1") != NULL, counts[n] > 0);
		free(document(r, "pdf"));
		free(document(r, "xlsx"));
		if (system("command -v pdftotext >/dev/null") == 0) {
			char command[256];
			size_t size;
			snprintf(command, sizeof command, "pdftotext -layout %s/report/report.pdf %s/text", r->s->path, r->s->path);
			assert_int_equal(system(command), 0);
			char *text = scratch_get(r->s, "text", &size);
			assert_contains(text, "Earlier sessions of this host");
			assert_int_equal(strstr(text, "Where they tried to go") != NULL, counts[n] > 0);
			free(text);
		}
		free(html);
		free(again);
		free(json);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		rows_test(lines_become_rows),
		rows_test(what_is_new_and_what_is_gone),
		rows_test(nobody_looked),
		rows_test(documents_show_it),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
