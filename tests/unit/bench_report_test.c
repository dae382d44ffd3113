/* SPDX-License-Identifier: Apache-2.0 */
/* The figures of a benchmark in each document. GOLDEN=write writes tests/golden/bench.* anew. */
#include "tests/unit/bench_rows.h"
#include "tests/unit/judge_rows.h"
#include "tests/unit/xlsx_part.h"

#include "analysis/judge.h"
#include "core/auto.h"
#include "core/json.h"
#include "report/bench.h"
#include "report/document.h"

enum { DOCUMENT_MAX = 4 << 20 };

static const char thresholds[] = "[bench]\npass_complete = 55%\ntokens_per_s = 10\nfirst_token = 700ms\n";

static void judge_fixture(struct rows *r, const char *name, const char *policy)
{
	static struct policy p;
	struct error err = {0};
	enum verdict v;
	bench_fixture(r, name);
	assert_int_equal(policy_parse(policy, "p.ini", &p, &err), OK);
	enum status status = judge(r->store, &p, &v, &err);
	if (status)
		print_error("%s\n", err.text);
	assert_int_equal(status, OK);
}

static void json_of(const struct rows *r, struct text *ret)
{
	struct error err = {0};
	struct json j = json_on(ret);
	assert_int_equal(bench_json(r->store, &j, NULL, &err), OK);
	text_add_char(ret, '\n');
	assert_false(ret->overflow);
}

static const char *text_of(struct rows *r, bool colour, bool verbose, struct text *ret)
{
	struct error err = {0};
	const struct bench_request request = {colour, verbose};
	text_clear(ret);
	assert_int_equal(bench_text(r->store, &request, ret, &err), OK);
	return text_string(ret);
}

static void compare(const char *name, struct slice got)
{
	const char *srcdir = getenv("SRCDIR"), *mode = getenv("GOLDEN");
	char path[4096];
	struct error err = {0};
	AUTO_TEXT struct text known = text_make(DOCUMENT_MAX), shown = text_make(DOCUMENT_MAX);
	snprintf(path, sizeof path, "%s/tests/golden/%s", srcdir ? srcdir : ".", name);
	if (mode && !strcmp(mode, "write"))
		assert_int_equal(file_write(AT_FDCWD, path, got, &err), OK);
	assert_int_equal(file_read(AT_FDCWD, path, DOCUMENT_MAX, &known, &err), OK);
	text_add(&shown, got);
	assert_string_equal(text_string(&shown), text_string(&known));
}

static void write_report(struct rows *r, const char *formats)
{
	struct error err = {0};
	if (report_write(r->store, r->s->fd, formats, NULL, &err))
		print_error("%s\n", err.text);
	assert_int_equal(err.status, OK);
}

static void as_they_are_known(void **state)
{
	struct rows *r = *state;
	size_t size;
	AUTO_TEXT struct text t = text_make(DOCUMENT_MAX);
	judge_fixture(r, "three-models.ndjson", thresholds);
	text_of(r, false, true, &t);
	compare("bench.txt", text_slice(&t));
	text_clear(&t);
	json_of(r, &t);
	compare("bench.json", text_slice(&t));
	write_report(r, "bench");
	char *csv = scratch_get(r->s, "report/bench.csv", &size);
	compare("bench.csv", slice_of(csv, size));
	free(csv);
}

static void limits_of_tokens_are_told(void **state)
{
	struct rows *r = *state;
	struct error err = {0};
	AUTO_TEXT struct text t = text_make(DOCUMENT_MAX);
	judge_fixture(r, "three-models.ndjson", thresholds);
	assert_null(strstr(text_of(r, false, false, &t), "tokens of context"));
	rows_do(r, "UPDATE bench_loaded SET context = 4096 WHERE model = 'model-b'; UPDATE bench_answer SET \"end\" = 'length', prompt_tokens ="
		   " 90, tokens = 4000 WHERE model = 'model-b' AND suite = 'repair'");
	static struct policy p;
	enum verdict v;
	assert_int_equal(policy_parse(thresholds, "p.ini", &p, &err), OK);
	assert_int_equal(judge(r->store, &p, &v, &err), OK);
	static const char wanted[] = "model-b: 4096 tokens of context were given, not 8192; a limit of tokens ended 12 of 48 answers, and 12 "
				     "filled the context, so that part of the question may have been cut off";
	assert_contains(text_of(r, false, false, &t), wanted);
	text_clear(&t);
	json_of(r, &t);
	assert_contains(text_string(&t), "\"limits\":[{\"source\":\"bench/run.ndjson\",\"model\":\"model-b\",\"context_asked\":8192,"
					 "\"context_given\":4096,\"answers\":48,\"cut\":12,\"filled\":12}]");
	write_report(r, NULL);
}

/* No verdict, and no row that would look like one, where the policy says nothing. */
static void figures_without_thresholds(void **state)
{
	struct rows *r = *state;
	AUTO_TEXT struct text t = text_make(DOCUMENT_MAX);
	judge_fixture(r, "three-models.ndjson", "");
	const char *shown = text_of(r, true, true, &t);
	assert_contains(shown, "The policy has no thresholds");
	assert_null(strstr(shown, "PASS\n"));
	assert_null(strstr(shown, "INCONCLUSIVE"));
	assert_null(strchr(shown, '\033'));
}

static void colours_where_they_are_wanted(void **state)
{
	struct rows *r = *state;
	AUTO_TEXT struct text t = text_make(DOCUMENT_MAX);
	judge_fixture(r, "three-models.ndjson", thresholds);
	assert_contains(text_of(r, true, false, &t), "model-a: \033[1;31mFAIL\033[0m\n");
	assert_null(strchr(text_of(r, false, false, &t), '\033'));
	assert_null(strstr(text_of(r, false, false, &t), "easy"));
}

/* Names, details and sayings are foreign: none of it reaches a terminal as it is. */
static void nothing_foreign_comes_through(void **state)
{
	struct rows *r = *state;
	size_t size;
	AUTO_TEXT struct text t = text_make(DOCUMENT_MAX);
	judge_fixture(r, "broken-off.ndjson", thresholds);
	const char *shown = text_of(r, false, true, &t);
	assert_contains(shown, "evil\\x1b[31m\\u{202e}model");
	assert_contains(shown, "it did not come to its end");
	assert_contains(shown, "Sandbox    1 of 2 proofs held; not: secret");
	assert_contains(shown, "(1 failed on the server)");
	assert_null(strchr(shown, '\033'));
	assert_null(strstr(shown, "\xe2\x80\xae"));
	text_clear(&t);
	json_of(r, &t);
	assert_null(strchr(text_string(&t), '\033'));
	assert_null(strstr(text_string(&t), "int main")); /* what was said is not told again */
	write_report(r, NULL);
	char *csv = scratch_get(r->s, "report/bench.csv", &size);
	assert_null(strchr(csv, '\033'));
	free(csv);
}

/* Page and workbook show what the PDF does: each view a table, none where there is no benchmark. */
static void page_and_workbook_show_the_views(void **state)
{
	static const struct {
		const char *id, *sheet, *query;
	} tables[] = {
		{"models", "Model runs", "SELECT count(*) FROM v_model_run"},
		{"model-verdicts", "Model verdicts", "SELECT count(*) FROM v_model_verdict"},
		{"model-groups", "Model groups", "SELECT count(*) FROM v_model_group"},
		{"model-speed", "Model speed", "SELECT count(*) FROM model_speed"},
		{"model-outcomes", "Model outcomes", "SELECT count(*) FROM v_model_run"},
		{"model-pairs", "Model pairs", "SELECT count(*) FROM v_model_pair"},
		{"model-proofs", "Model sandbox", "SELECT count(*) FROM bench_proof"},
		{"model-published", "Models published", "SELECT count(*) FROM v_published"},
	};
	struct rows *r = *state;
	size_t size;
	judge_fixture(r, "three-models.ndjson", thresholds);
	write_report(r, "html,xlsx");
	char *html = scratch_get(r->s, "report/report.html", &size);
	for (size_t i = 0; i < LENGTH(tables); i++) {
		char mark[64];
		snprintf(mark, sizeof mark, "<section id=\"%s\">", tables[i].id);
		const char *at = strstr(html, mark), *end = at ? strstr(at, "</section>") : NULL;
		assert_true(at && end);
		int64_t rows = 0, wanted = atoll(rows_get(r->store, tables[i].query));
		for (const char *row = at; (row = strstr(row, "<tr><td")) && row < end; row++)
			rows++;
		assert_true(wanted > 0);
		assert_true(rows >= wanted); /* a published figure stands beside each of ours */
		char *text = sheet(r->s, "report/report.xlsx", tables[i].sheet);
		assert_non_null(text);
		int64_t lines = 0;
		for (const char *row = text; (row = strstr(row, "<row ")); row++)
			lines++;
		assert_int_equal(lines, rows + 1);
		free(text);
	}
	assert_contains(html, "aria-label=\"Models: share of answers that passed, in percent\"");
	free(html);
	char *tasks = sheet(r->s, "report/report.xlsx", "Model tasks");
	assert_non_null(tasks);
	free(tasks);
}

static void none_where_there_is_no_benchmark(void **state)
{
	struct rows *r = *state;
	size_t size;
	write_report(r, "html,xlsx");
	char *html = scratch_get(r->s, "report/report.html", &size);
	assert_null(strstr(html, "model-pairs"));
	assert_null(strstr(html, "id=\"models\""));
	assert_null(sheet(r->s, "report/report.xlsx", "Model runs"));
	assert_null(sheet(r->s, "report/report.xlsx", "Models published"));
	free(html);
}

static void formulas_are_none_in_a_spreadsheet(void **state)
{
	struct rows *r = *state;
	size_t size;
	bench_lines(r, SLICE("{\"kind\":\"answer\",\"time_ns\":1,\"model\":\"=1+\\\"x\\\"\",\"suite\":\"complete\",\"task\":\"t\","
			     "\"language\":\"c\",\"sample\":0,\"outcome\":\"passed\"}\n"));
	static struct policy p;
	struct error err = {0};
	enum verdict v;
	assert_int_equal(policy_parse("", "p.ini", &p, &err), OK);
	assert_int_equal(judge(r->store, &p, &v, &err), OK);
	write_report(r, "bench");
	char *csv = scratch_get(r->s, "report/bench.csv", &size);
	assert_contains(csv, "bench/run.ndjson,\"'=1+\"\"x\"\"\",");
	free(csv);
}

static void without_a_benchmark(void **state)
{
	struct rows *r = *state;
	size_t size;
	AUTO_TEXT struct text t = text_make(DOCUMENT_MAX);
	assert_string_equal(text_of(r, false, true, &t), "");
	write_report(r, NULL);
	assert_false(scratch_has(r->s, "report/bench.csv"));
	char *json = scratch_get(r->s, "report/report.json", &size);
	struct json_member m = {.key = "benchmark"};
	assert_null(json_read_object(slice_of(json, size - 1), &m, 1, NULL));
	assert_int_equal(m.value.type, JSON_NULL);
	free(json);
	write_report(r, "bench");
	assert_false(scratch_has(r->s, "report/bench.csv"));
}

static void in_the_report(void **state)
{
	struct rows *r = *state;
	static const char *const wanted[] = {
		"3 models benchmarked; by the policy's thresholds: PASS 0, FAIL 1, INCONCLUSIVE 2",
		"Local models", "48 tasks, 1 answer to each", "Good enough by the policy", "Right answers: complete", "8-12 GB",
		"Quality against speed", "Quality against memory", "75.0 % (55.1-88.0)", "10.0 GiB, 38 % out", "By language and difficulty",
		"Speed: mean and standard deviation", "39.8 ± 0.079", "What became of the answers", "McNemar", "1.2e-07",
		"The sandbox that the models' code ran in", "ENETUNREACH", "What was published", "none known", "92.7 %",
		"mostly of BF16 weights",
	};
	size_t size;
	char command[256];
	judge_fixture(r, "three-models.ndjson", thresholds);
	write_report(r, NULL);
	char *json = scratch_get(r->s, "report/report.json", &size);
	struct json_member m = {.key = "benchmark"};
	assert_null(json_read_object(slice_of(json, size - 1), &m, 1, NULL));
	assert_int_equal(m.value.type, JSON_OBJECT);
	free(json);
	if (system("command -v pdftotext >/dev/null") != 0) {
		print_message("pdftotext is not installed: the text of the PDF is not looked at\n");
		return;
	}
	snprintf(command, sizeof command, "pdftotext -layout %s/report/report.pdf %s/text", r->s->path, r->s->path);
	assert_int_equal(system(command), 0);
	char *text = scratch_get(r->s, "text", &size);
	for (size_t i = 0; i < LENGTH(wanted); i++) {
		if (!strstr(text, wanted[i]))
			print_error("not in the text of the PDF: %s\n", wanted[i]);
		assert_contains(text, wanted[i]);
	}
	free(text);
}

/* Many models, and one that says nothing of itself: tables and charts go over pages. */
static void many_models(void **state)
{
	struct rows *r = *state;
	size_t size;
	AUTO_TEXT struct text t = text_make(DOCUMENT_MAX);
	for (int model = 0; model < 70; model++) {
		text_addf(&t, "{\"kind\":\"speed\",\"time_ns\":1,\"model\":\"model-%d\",\"repeat\":1,\"tokens\":100,\"generation_ns\":%d000}\n",
			  model, model);
		for (int task = 0; task < 3; task++)
			text_addf(&t, "{\"kind\":\"answer\",\"time_ns\":1,\"model\":\"model-%d\",\"suite\":\"suite-%d\",\"task\":\"t\",\"language\":"
				  "\"c\",\"sample\":0,\"outcome\":\"%s\"}\n", model, task, task < model % 4 ? "passed" : "server_error");
	}
	bench_lines(r, text_slice(&t));
	static struct policy p;
	struct error err = {0};
	enum verdict v;
	assert_int_equal(policy_parse(thresholds, "p.ini", &p, &err), OK);
	assert_int_equal(judge(r->store, &p, &v, &err), OK);
	write_report(r, NULL);
	free(scratch_get(r->s, "report/report.pdf", &size));
	assert_true(size < 1 << 20);
	assert_int_equal(rows_number(r->store, "SELECT count(DISTINCT model_a) FROM v_model_pair") <= 64, 1);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		rows_test(as_they_are_known),
		rows_test(limits_of_tokens_are_told),
		rows_test(figures_without_thresholds),
		rows_test(colours_where_they_are_wanted),
		rows_test(nothing_foreign_comes_through),
		rows_test(page_and_workbook_show_the_views),
		rows_test(none_where_there_is_no_benchmark),
		rows_test(formulas_are_none_in_a_spreadsheet),
		rows_test(without_a_benchmark),
		rows_test(in_the_report),
		rows_test(many_models),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
