/* SPDX-License-Identifier: Apache-2.0 */
/* What the runner of a benchmark wrote, into rows. */
#include "tests/unit/bench_rows.h"

#include "core/text.h"

#define TIME "\"time_ns\":1795435201000000000"
#define SETTINGS                                                                                         \
	"{\"kind\":\"benchmark\",\"format\":1," TIME ",\"tool\":\"0.1.0\",\"tasks_sha256\":\"00\",\"seed\":1," \
	"\"samples\":1,\"temperature\":0.25,\"suites\":[\"complete\"],\"prompt_mode\":\"chat\",\"tasks\":2}\n"
#define ANSWER(more) "{\"kind\":\"answer\"," TIME ",\"model\":\"m\",\"suite\":\"complete\",\"task\":\"t\",\"language\":\"c\"," more "}\n"

static void each_kind_becomes_a_row(void **state)
{
	struct rows *r = *state;
	bench_fixture(r, "three-models.ndjson");
	assert_rows(r->store, "SELECT seed, samples, temperature, context, suites, prompt_mode, tasks, resumed, cpus FROM bench",
		    "1|1|0.0|8192|[\"complete\",\"repair\",\"edit\",\"agent\"]|chat|48|0|2;");
	assert_rows(r->store, "SELECT memory_bytes, tier, tier_from, warning, notes FROM bench_machine",
		    "34359738368|8-12 GB|gpu|-|[];");
	assert_rows(r->store, "SELECT place, name, vendor, total_bytes, free_bytes, unified, told_by FROM bench_gpu",
		    "1|Invented GPU 12|nvidia|12884901888|11811160064|0|NVML;");
	assert_rows(r->store, "SELECT url, server, name, version FROM bench_server", "http://127.0.0.1:11434|ollama|Ollama|0.0.0;");
	assert_rows(r->store, "SELECT model, quantisation, parameters, size_bytes, tier FROM bench_model ORDER BY record",
		    "model-a|Q4_K_M|4.0B|6442450944|8-12 GB;model-b|Q4_K_M|2.0B|9663676416|8-12 GB;model-c|-|8.0B|17179869184|-;");
	assert_rows(r->store, "SELECT count(*), sum(held) FROM bench_proof", "7|7;");
	assert_rows(r->store, "SELECT model, size_bytes - size_vram_bytes FROM bench_loaded ORDER BY record",
		    "model-a|0;model-b|0;model-c|6442450944;");
	assert_rows(r->store, "SELECT repeat, tokens, load_ns, energy_joules, end FROM bench_speed WHERE model = 'model-a' AND repeat < 2",
		    "0|200|3000000000|50.5|stopped;1|200|1000000|50.5|stopped;");
	assert_rows(r->store, "SELECT count(*), count(DISTINCT task), sum(outcome = 'passed') FROM bench_answer", "144|48|72;");
	assert_rows(r->store, "SELECT suite, task, language, difficulty, sample, outcome, detail, said, tokens, run_memory_bytes"
			      " FROM bench_answer ORDER BY record LIMIT 1",
		    "complete|complete/python-invented-00|python|easy|0|failed|an invented reason|An invented answer.|100|20971520;");
	assert_rows(r->store, "SELECT joules, meter, wall_ns FROM bench_energy LIMIT 1", "1234.5|an invented meter|60000000000;");
	assert_rows(r->store, "SELECT complete, interrupted, record FROM bench_end", "1|0|176;");
	assert_rows(r->store, "SELECT count(*) FROM skipped", "0;");
}

static void what_broke_off_is_said(void **state)
{
	struct rows *r = *state;
	bench_fixture(r, "broken-off.ndjson");
	assert_rows(r->store, "SELECT record, resumed FROM bench", "1|0;10|1;");
	assert_rows(r->store, "SELECT task, outcome FROM bench_answer ORDER BY record",
		    "complete/c-1|passed;complete/c-2|server_error;complete/c-2|failed;complete/c-3|server_error;");
	assert_rows(r->store, "SELECT reason, count, first_record FROM skipped", "a last line that broke off|1|13;");
	/* foreign, and as it was */
	assert_rows(r->store, "SELECT hex(substr(said, 1, 4)) FROM bench_answer LIMIT 1", "1B5B324A;");
}

/* A whole object needs no line feed behind it. */
static void a_last_line_that_is_whole(void **state)
{
	struct rows *r = *state;
	bench_lines(r, SLICE("{\"kind\":\"end\"," TIME ",\"complete\":true,\"interrupted\":false}"));
	assert_rows(r->store, "SELECT complete FROM bench_end", "1;");
	assert_rows(r->store, "SELECT count(*) FROM skipped", "0;");
}

static void what_is_not_understood_is_counted(void **state)
{
	struct rows *r = *state;
	static const struct {
		const char *line, *reason;
	} bad[] = {
		{"[]\n", NULL},
		{"\n", NULL},
		{"{\"kind\":1}\n", "a line of a kind that is not known"},
		{"{\"kind\":\"other\"}\n", "a line of a kind that is not known"},
		{"{\"kind\":\"benchmark\",\"format\":2}\n", "a line of settings of which not all is told, or of another format"},
		{ANSWER("\"sample\":0"), "an answer of which not all is told"},
		{ANSWER("\"sample\":-1,\"outcome\":\"passed\""), "an answer of which not all is told"},
		{ANSWER("\"sample\":0,\"outcome\":\"almost\""), "an answer of which not all is told"},
		{ANSWER("\"sample\":0,\"outcome\":\"passed\",\"tokens\":\"9\""), "an answer of which not all is told"},
		{ANSWER("\"sample\":0,\"outcome\":\"passed\",\"tokens\":1.5"), "an answer of which not all is told"},
		{ANSWER("\"sample\":0,\"sample\":1,\"outcome\":\"passed\""), NULL},
		{"{\"kind\":\"model\"," TIME ",\"model\":\"a\\u0000b\"}\n", "a model of which not all is told"},
		{"{\"kind\":\"model\"," TIME ",\"model\":\"\"}\n", "a model of which not all is told"},
		{"{\"kind\":\"energy\"," TIME ",\"joules\":1e100}\n", "a measurement of energy of which not all is told"},
		{"{\"kind\":\"energy\"," TIME ",\"joules\":-1}\n", "a measurement of energy of which not all is told"},
		{"{\"kind\":\"end\"," TIME ",\"complete\":1,\"interrupted\":false}\n", "an end of which not all is told"},
		{"{\"kind\":\"machine\"," TIME ",\"gpus\":[3]}\n", NULL},
	};
	AUTO_TEXT struct text t = text_make(1 << 16);
	for (size_t i = 0; i < LENGTH(bad); i++)
		text_add_string(&t, bad[i].line);
	bench_lines(r, text_slice(&t));
	assert_int_equal(rows_number(r->store, "SELECT sum(count) FROM skipped"), LENGTH(bad));
	for (size_t i = 0; i < LENGTH(bad); i++) {
		char sql[256];
		snprintf(sql, sizeof sql, "SELECT count(*) FROM skipped WHERE reason = '%s'", bad[i].reason ? bad[i].reason : "");
		assert_int_equal(rows_number(r->store, sql), bad[i].reason ? 1 : 0);
	}
	assert_rows(r->store, "SELECT (SELECT count(*) FROM bench_answer) + (SELECT count(*) FROM bench_model) + (SELECT count(*) FROM"
			      " bench_energy) + (SELECT count(*) FROM bench_end) + (SELECT count(*) FROM bench)", "0;");
}

static void null_and_absent_are_the_same(void **state)
{
	struct rows *r = *state;
	bench_lines(r, SLICE(SETTINGS ANSWER("\"sample\":0,\"outcome\":\"passed\",\"tokens\":null,\"said\":null,\"unheard_of\":[{}]")
			     "{\"kind\":\"energy\"," TIME ",\"joules\":1.5E+2}\r\n"));
	assert_rows(r->store, "SELECT temperature, context, languages FROM bench", "0.25|-|-;");
	assert_rows(r->store, "SELECT outcome, tokens, said, difficulty FROM bench_answer", "passed|-|-|-;");
	assert_rows(r->store, "SELECT joules, model FROM bench_energy", "150.0|-;");
	assert_rows(r->store, "SELECT count(*) FROM skipped", "0;");
}

/* As long as a line may be, escapes and all; one longer is counted. */
static void a_long_answer(void **state)
{
	struct rows *r = *state;
	AUTO_TEXT struct text t = text_make(8 << 20);
	for (size_t size = 900 << 10; size < 2 << 20; size += 200 << 10) {
		text_add_string(&t, "{\"kind\":\"answer\"," TIME ",\"model\":\"m\",\"suite\":\"complete\",\"task\":\"t\",\"language\":\"c\","
				    "\"sample\":0,\"outcome\":\"passed\",\"said\":\"");
		for (size_t i = 0; i < size; i += 2)
			text_add_string(&t, "\\n");
		text_add_string(&t, "\"}\n");
	}
	bench_lines(r, text_slice(&t));
	assert_rows(r->store, "SELECT count(*), max(length(said)) FROM bench_answer", "1|460800;");
	assert_int_equal(rows_number(r->store, "SELECT sum(count) FROM skipped WHERE reason = 'a line that is too long'"), 5);
}

static void it_is_recognised(void **state)
{
	(void)state;
	assert_int_equal(reader_benchmark.sniff(SLICE(SETTINGS)), 100);
	assert_int_equal(reader_benchmark.sniff(SLICE("{\"kind\":\"open\",")), 0);
	assert_int_equal(reader_benchmark.sniff(SLICE("")), 0);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		rows_test(each_kind_becomes_a_row), rows_test(what_broke_off_is_said),
		rows_test(a_last_line_that_is_whole), rows_test(what_is_not_understood_is_counted),
		rows_test(null_and_absent_are_the_same), rows_test(a_long_answer),
		cmocka_unit_test(it_is_recognised),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
