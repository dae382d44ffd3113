/* SPDX-License-Identifier: Apache-2.0 */
/* From what a runner wrote to what is said of the models. */
#include "tests/unit/bench_rows.h"
#include "tests/unit/judge_rows.h"

#include "analysis/model/enough.h"

#define HEAD "{\"kind\":\"%s\",\"time_ns\":1"

static enum verdict judge_by(struct rows *r, const char *text)
{
	static struct policy p;
	struct error err = {0};
	enum verdict verdict = VERDICT_PASS;
	enum status status = policy_parse(text, "p.ini", &p, &err);
	if (!status)
		status = judge(r->store, &p, &verdict, &err);
	if (status)
		print_error("%s\n", err.text);
	assert_int_equal(status, OK);
	return verdict;
}

/* "-" where nothing was judged. */
static const char *enough_now(struct rows *r)
{
	struct error err = {0};
	bool judged;
	enum verdict v;
	assert_int_equal(enough_verdict(r->store, &judged, &v, &err), OK);
	return judged ? verdict_name(v) : "-";
}

/* ---- a run that a test makes up ------------------------------------------- */

static void add_settings(struct text *t, int tasks, int samples)
{
	text_addf(t, HEAD ",\"format\":1,\"tool\":\"0.1.0\",\"tasks_sha256\":\"00\",\"seed\":1,\"samples\":%d,\"temperature\":0,"
		  "\"suites\":[],\"prompt_mode\":\"chat\",\"tasks\":%d}\n", "benchmark", samples, tasks);
	text_addf(t, HEAD ",\"name\":\"connect\",\"tried\":\"a connection\",\"held\":true}\n", "proof");
}

static void add_answer(struct text *t, const char *model, int task, int sample, const char *outcome)
{
	text_addf(t, HEAD ",\"model\":\"%s\",\"suite\":\"complete\",\"task\":\"task-%03d\",\"language\":\"c\",\"sample\":%d,"
		  "\"outcome\":\"%s\",\"tokens\":10}\n", "answer", model, task, sample, outcome);
}

static void add_end(struct text *t)
{
	text_addf(t, HEAD ",\"complete\":true,\"interrupted\":false}\n", "end");
}

/* ---- figures --------------------------------------------------------------- */

/* A scripted run of known shares is measured at exactly those. */
static void shares_are_exact(void **state)
{
	struct rows *r = *state;
	bench_fixture(r, "three-models.ndjson");
	judge_by(r, "");
	assert_rows(r->store, "SELECT model, sum(passed), sum(samples), min(pass_at_1), max(pass_at_1) FROM v_model_run GROUP BY model",
		    "model-a|36|48|0.75|0.75;model-b|24|48|0.5|0.5;model-c|12|48|0.25|0.25;");
	assert_rows(r->store, "SELECT problem_set, tasks, passed, round(interval_low, 4), round(interval_high, 4), bootstrap_low <"
			      " pass_at_1, pass_at_5, pass_at_10_tasks FROM v_model_run WHERE model = 'model-a'",
		    "agent|4|3|0.3006|0.9544|1|-|0;complete|24|18|0.551|0.88|1|-|0;edit|8|6|0.4093|0.9285|1|-|0;"
		    "repair|12|9|0.4677|0.9111|1|-|0;");
	assert_rows(r->store, "SELECT outcomes FROM v_model_run WHERE model = 'model-a' AND problem_set = 'complete'",
		    "{\"crashed\":1,\"empty\":1,\"failed\":1,\"limit\":1,\"passed\":18,\"syntax_error\":1,\"timeout\":1};");
	/* each fourth task is of one language */
	assert_rows(r->store, "SELECT name, tasks, pass_at_1 FROM v_model_group WHERE model = 'model-a' AND problem_set = 'complete'"
			      " AND grouped_by = 'language'", "c|6|1.0;javascript|6|1.0;python|6|0.0;shell|6|1.0;");
	assert_rows(r->store, "SELECT name, tasks, passed FROM v_model_group WHERE model = 'model-b' AND problem_set = 'complete'"
			      " AND grouped_by = 'difficulty'", "easy|8|4;hard|8|4;middle|8|4;");
	assert_rows(r->store, "SELECT count(*), sum(passed), min(samples), max(server_errors) FROM v_model_task", "144|72|1|0;");
}

static void pairs_are_compared_on_the_same_tasks(void **state)
{
	struct rows *r = *state;
	bench_fixture(r, "three-models.ndjson");
	judge_by(r, "");
	assert_rows(r->store, "SELECT model_a, model_b, tasks, both, only_a, only_b, neither, p_exact, p_mid FROM v_model_pair"
			      " WHERE problem_set = 'complete'",
		    "model-a|model-b|24|12|6|0|6|0.03125|0.015625;model-a|model-c|24|6|12|0|6|0.00048828125|0.000244140625;"
		    "model-b|model-c|24|6|6|0|12|0.03125|0.015625;");
	assert_rows(r->store, "SELECT model_b, tasks, only_a, p_exact FROM v_model_pair WHERE problem_set = 'all' AND model_a = 'model-a'"
			      " AND model_b = 'model-b'", "model-b|48|12|0.00048828125;");
}

/* The first repeat is the cold one, and apart. */
static void speed_is_told_by_clock(void **state)
{
	struct rows *r = *state;
	bench_fixture(r, "three-models.ndjson");
	judge_by(r, "");
	assert_rows(r->store, "SELECT repeats, rate_from, round(tokens_per_s, 3), round(tokens_per_s_sd, 4), round(tokens_per_s_p95, 3),"
			      " first_token_ms, first_token_ms_sd, first_token_ms_p95, prompt_tokens_per_s, load_ms, cold_first_token_ms"
			      " FROM v_model_run WHERE model = 'model-a' AND problem_set = 'agent'",
		    "3|server|39.841|0.0794|39.761|820.0|10.0|830.0|400.0|3000.0|4000.0;");
	assert_rows(r->store, "SELECT DISTINCT model, vram_bytes, spilled, context, joules_per_token, joules_from FROM v_model_run",
		    "model-a|6442450944|0.0|8192|0.2525|speed;model-b|9663676416|0.0|8192|0.2571875|run;"
		    "model-c|10737418240|0.375|8192|0.2571875|run;");
}

static void without_the_servers_clock(void **state)
{
	struct rows *r = *state;
	AUTO_TEXT struct text t = text_make(1 << 16);
	for (int i = 0; i < 3; i++)
		text_addf(&t, HEAD ",\"model\":\"m\",\"repeat\":%d,\"tokens\":101,\"first_ns\":500000000,\"total_ns\":2500000000,"
			  "\"prompt_tokens\":50%s}\n", "speed", i, i == 1 ? ",\"generation_ns\":1" : "");
	/* one that failed is no measurement */
	text_addf(&t, HEAD ",\"model\":\"m\",\"repeat\":3,\"tokens\":1,\"first_ns\":1,\"total_ns\":2,\"end\":\"cut\"}\n", "speed");
	bench_lines(r, text_slice(&t));
	judge_by(r, "");
	assert_rows(r->store, "SELECT repeats, rate_from, tokens_per_s, tokens_per_s_sd, prompt_rate_from, prompt_tokens_per_s, load_ms,"
			      " spilled, joules_per_token FROM model_speed", "2|runner|50.0|0.0|runner|100.0|-|-|-;");
}

static void several_samples(void **state)
{
	struct rows *r = *state;
	AUTO_TEXT struct text t = text_make(1 << 20);
	add_settings(&t, 4, 10);
	/* 0, 2, 5 and 10 of 10; the last one has but six, two of them right */
	static const int right[] = {0, 2, 5, 10};
	for (int task = 0; task < 4; task++)
		for (int i = 0; i < 10; i++)
			add_answer(&t, "m", task, i, i < right[task] ? "passed" : "failed");
	for (int i = 0; i < 10; i++)
		add_answer(&t, "m", 4, i, i < 4 ? "server_error" : i < 6 ? "passed" : "cut");
	bench_lines(r, text_slice(&t));
	judge_by(r, "");
	/* pass@5: 0, 1 - C(8,5)/C(10,5) = 7/9, 1 - 1/252, 1, 1 - 0/6 */
	assert_rows(r->store, "SELECT tasks, samples, passed, server_errors, round(pass_at_1, 10), round(pass_at_5, 10), pass_at_5_tasks,"
			      " round(pass_at_10, 10), pass_at_10_tasks FROM v_model_run",
		    "5|46|19|4|0.4066666667|0.7547619048|5|0.75|4;");
}

/* What the server failed to give and gave later counts once; what it gave twice is told. */
static void answers_that_stand_there_again(void **state)
{
	struct rows *r = *state;
	AUTO_TEXT struct text t = text_make(1 << 16);
	add_settings(&t, 3, 1);
	add_answer(&t, "m", 0, 0, "server_error");
	add_answer(&t, "m", 1, 0, "failed");
	add_answer(&t, "m", 0, 0, "passed");
	add_answer(&t, "m", 1, 0, "passed");
	add_answer(&t, "m", 2, 0, "server_error");
	add_answer(&t, "m", 2, 0, "server_error");
	add_end(&t);
	bench_lines(r, text_slice(&t));
	judge_by(r, "[bench]\npass_complete = 1%\nserver_errors = 100%\n");
	assert_rows(r->store, "SELECT task, samples, passed, first_passed, server_errors, repeated FROM model_task",
		    "task-000|1|1|1|0|0;task-001|1|0|0|0|1;task-002|0|0|-|1|0;");
	assert_rows(r->store, "SELECT verdict, why FROM v_model_verdict", "INCONCLUSIVE|1 answer stands in the file again;");
}

static void judging_twice_is_judging_once(void **state)
{
	static const char all[] = "SELECT (SELECT group_concat(model || problem_set || interval_low || bootstrap_low) FROM v_model_run),"
				  " (SELECT count(*) FROM v_model_group), (SELECT count(*) FROM v_model_pair), (SELECT count(*) FROM"
				  " v_model_verdict), (SELECT count(*) FROM v_published), (SELECT count(*) FROM v_model_task)";
	struct rows *r = *state;
	char first[8192];
	bench_fixture(r, "three-models.ndjson");
	judge_by(r, "[bench]\nfirst_token = 2s\n");
	snprintf(first, sizeof first, "%s", rows_get(r->store, all));
	judge_by(r, "[bench]\nfirst_token = 2s\n");
	assert_rows(r->store, all, first);
	/* the thresholds are those of the policy at hand */
	judge_by(r, "");
	assert_rows(r->store, "SELECT count(*) FROM v_model_verdict", "0;");
}

/* ---- good enough ------------------------------------------------------------ */

static void thresholds(void **state)
{
	struct rows *r = *state;
	static const struct {
		const char *policy, *wanted; /* of model-a */
	} cases[] = {
		{"pass_complete = 55%", "pass_complete|PASS|all of the interval is good enough;"},
		{"pass_complete = 55.2%", "pass_complete|INCONCLUSIVE|the interval lies across the line;"},
		{"pass_complete = 88%", "pass_complete|INCONCLUSIVE|the interval lies across the line;"},
		{"pass_complete = 88.1%", "pass_complete|FAIL|none of the interval is good enough;"},
		{"pass_humaneval = 1%", "pass_humaneval|INCONCLUSIVE|the suite humaneval was not asked;"},
		{"first_token = 900ms", "first_token|PASS|all of the interval is good enough;"},
		{"first_token = 830ms", "first_token|INCONCLUSIVE|the interval lies across the line;"},
		{"first_token = 700ms", "first_token|FAIL|none of the interval is good enough;"},
		{"tokens_per_s = 39.5", "tokens_per_s|PASS|all of the interval is good enough;"},
		{"tokens_per_s = 39.9", "tokens_per_s|INCONCLUSIVE|the interval lies across the line;"},
		{"tokens_per_s = 41", "tokens_per_s|FAIL|none of the interval is good enough;"},
		{"server_errors = 0%", ""},
	};
	bench_fixture(r, "three-models.ndjson");
	for (size_t i = 0; i < LENGTH(cases); i++) {
		char text[128];
		snprintf(text, sizeof text, "[bench]\n%s\n", cases[i].policy);
		judge_by(r, text);
		assert_rows(r->store, "SELECT criterion, verdict, why FROM v_model_verdict WHERE model = 'model-a'", cases[i].wanted);
	}
	assert_string_equal(enough_now(r), "-");
}

static void a_model_that_spilled(void **state)
{
	struct rows *r = *state;
	bench_fixture(r, "three-models.ndjson");
	judge_by(r, "[bench]\ntokens_per_s = 1\n");
	assert_rows(r->store, "SELECT model, verdict, why FROM v_model_verdict",
		    "model-a|PASS|all of the interval is good enough;model-b|PASS|all of the interval is good enough;"
		    "model-c|INCONCLUSIVE|38 % of the model did not fit into the graphics memory;");
	assert_string_equal(enough_now(r), "INCONCLUSIVE");
	assert_rows(r->store, "SELECT DISTINCT model, verdict FROM v_model_run", "model-a|PASS;model-b|PASS;model-c|INCONCLUSIVE;");
	judge_by(r, "[bench]\ntokens_per_s = 30\n");
	assert_string_equal(enough_now(r), "FAIL");
	/* one of the machine's own memory is where it belongs */
	rows_do(r, "UPDATE bench_machine SET tier_from = 'memory'");
	judge_by(r, "[bench]\ntokens_per_s = 1\n");
	assert_string_equal(enough_now(r), "PASS");
	rows_do(r, "UPDATE bench_machine SET tier_from = 'gpu'");
	/* without a GPU there is nothing to spill from */
	rows_do(r, "DELETE FROM bench_gpu; UPDATE bench_loaded SET size_vram_bytes = 0;");
	judge_by(r, "[bench]\ntokens_per_s = 1\n");
	assert_string_equal(enough_now(r), "PASS");
}

/* Less context than was asked for is no fault until an answer filled it. */
static void less_context_than_was_asked_for(void **state)
{
	struct rows *r = *state;
	static const char limits[] = "SELECT model FROM v_model_verdict WHERE why LIKE '%filled the context of 4096 tokens that the server gave, "
				     "of 8192 that were asked for%'";
	bench_fixture(r, "three-models.ndjson");
	rows_do(r, "UPDATE bench_loaded SET context = 4096 WHERE model = 'model-b'");
	judge_by(r, "[bench]\ntokens_per_s = 1\n");
	assert_rows(r->store, limits, "");
	rows_do(r, "UPDATE bench_answer SET prompt_tokens = 4000, tokens = 96, turns = 3 WHERE suite = 'complete'"); /* a sum */
	judge_by(r, "[bench]\ntokens_per_s = 1\n");
	assert_rows(r->store, limits, "");
	rows_do(r, "UPDATE bench_answer SET turns = 1 WHERE suite = 'complete'");
	judge_by(r, "[bench]\ntokens_per_s = 1\n");
	assert_rows(r->store, limits, "model-b;");
	assert_rows(r->store, "SELECT verdict FROM v_model_verdict WHERE model = 'model-b'", "INCONCLUSIVE;");
	assert_contains(rows_get(r->store, "SELECT remedy FROM v_model_verdict WHERE model = 'model-b'"), "--context");
}

static void a_run_that_cannot_be_judged_by(void **state)
{
	struct rows *r = *state;
	bench_fixture(r, "broken-off.ndjson");
	judge_by(r, "[bench]\npass_complete = 1%\n");
	assert_rows(r->store, "SELECT verdict, why FROM v_model_verdict",
		    "INCONCLUSIVE|the sandbox did not hold: secret; the run did not come to its end; 1 line of the file could not be read;"
		    " 3 of 4 answers are there; 1 of 3 answers failed on the server;");
	assert_true(rows_number(r->store, "SELECT instr(remedy, '--resume') > 0 FROM v_model_verdict"));
	/* each remedy once */
	assert_int_equal(rows_number(r->store, "SELECT (length(remedy) - length(replace(remedy, 'Take it up', ''))) / 10 FROM v_model_verdict"), 1);
}

/* Twelve easy tasks say nothing of sixty-four. */
static void a_part_is_not_the_whole(void **state)
{
	static const char *const parts[] = {"task_limit = 4", "difficulties_asked = '[\"easy\"]'", "languages_asked = '[\"c\",\"shell\"]'"};
	static const char *const wholes[] = {"task_limit = 0", "difficulties_asked = '[\"easy\",\"middle\",\"hard\"]'", "languages_asked = '[]'"};
	struct rows *r = *state;
	bench_fixture(r, "three-models.ndjson");
	for (size_t i = 0; i < LENGTH(parts); i++) {
		char sql[160];
		snprintf(sql, sizeof sql, "UPDATE bench SET %s", parts[i]);
		rows_do(r, sql);
		judge_by(r, "[bench]\npass_complete = 1%\n");
		assert_string_equal(enough_now(r), "INCONCLUSIVE");
		assert_contains(rows_get(r->store, "SELECT why FROM v_model_verdict WHERE model = 'model-a'"), "only a part of the tasks was asked, ");
		snprintf(sql, sizeof sql, "UPDATE bench SET %s", wholes[i]);
		rows_do(r, sql);
	}
	judge_by(r, "[bench]\npass_complete = 1%\n");
	assert_rows(r->store, "SELECT verdict FROM v_model_verdict WHERE model = 'model-a'", "PASS;");
}

static void a_file_without_its_head(void **state)
{
	struct rows *r = *state;
	AUTO_TEXT struct text t = text_make(1 << 16);
	add_answer(&t, "m", 0, 0, "passed");
	add_end(&t);
	bench_lines(r, text_slice(&t));
	judge_by(r, "[bench]\npass_complete = 1%\n");
	assert_rows(r->store, "SELECT verdict, why FROM v_model_verdict",
		    "INCONCLUSIVE|the file tells no settings of the run; the sandbox was not shown to be closed;");
}

/* Up to the share that the policy allows they are left out, and more of them hide too much. */
static void server_errors(void **state)
{
	struct rows *r = *state;
	AUTO_TEXT struct text t = text_make(1 << 20);
	add_settings(&t, 100, 1);
	for (int i = 0; i < 100; i++)
		add_answer(&t, "m", i, 0, i < 6 ? "server_error" : i % 2 ? "passed" : "failed");
	add_end(&t);
	bench_lines(r, text_slice(&t));
	judge_by(r, "[bench]\npass_complete = 30%\n");
	assert_rows(r->store, "SELECT samples, passed, pass_at_1, server_errors, verdict FROM v_model_run", "94|47|0.5|6|INCONCLUSIVE;");
	assert_rows(r->store, "SELECT why FROM v_model_verdict", "6 of 100 answers failed on the server;");
	judge_by(r, "[bench]\npass_complete = 30%\nserver_errors = 6%\n");
	assert_rows(r->store, "SELECT verdict FROM v_model_verdict", "PASS;");
}

/* What is said of models is said beside what is said of egress. */
static void egress_is_judged_as_ever(void **state)
{
	struct rows *r = *state;
	rows_do(r, whole_session);
	assert_int_equal(judge_by(r, ""), VERDICT_PASS);
	bench_fixture(r, "broken-off.ndjson");
	assert_int_equal(judge_by(r, "[bench]\npass_complete = 99%\n"), VERDICT_PASS);
	assert_string_equal(enough_now(r), "INCONCLUSIVE");
	assert_rows(r->store, "SELECT effect, check_id FROM finding WHERE effect <> 'NOTE'", "");
}

/* One reason, its remedy, and never a PASS, whatever the models did. */
static void what_nobody_watched_is_told_as_such(void **state)
{
	struct rows *r = *state;
	bench_fixture(r, "three-models.ndjson");
	assert_int_equal(judge_by(r, "[bench]\npass_complete = 1%\n"), VERDICT_INCONCLUSIVE);
	assert_rows(r->store, "SELECT effect, check_id, title, remedy FROM finding",
		    "INCONCLUSIVE|no_session|Nothing watched this benchmark|Run airgap-verify bench without --no-watch.;");
	/* beside any other file it is a file among others */
	rows_do(r, "INSERT INTO source (path, reader, size, sha256) VALUES ('capture.pcapng', 'pcapng', 1, '')");
	judge_by(r, "");
	assert_rows(r->store, "SELECT title FROM finding WHERE check_id = 'no_session'", "Nothing shows what was watched, and when;");
	assert_rows(r->store, "SELECT count(*) > 0 FROM finding WHERE check_id = 'witness_missing'", "1;");
}

/* ---- what was published ------------------------------------------------------- */

static void published_figures(void **state)
{
	struct rows *r = *state;
	bench_fixture(r, "three-models.ndjson");
	judge_by(r, "");
	/* none is known of these, and none is made up */
	assert_rows(r->store, "SELECT count(*), count(pass_at_1), min(title) FROM v_published WHERE model IN ('qwen3:8b', 'qwen3:14b')",
		    "8|0|none known;");
	assert_rows(r->store, "SELECT count(*) FROM v_published WHERE pass_at_1 IS NOT NULL AND (pass_at_1 <= 0 OR pass_at_1 > 1 OR title ="
			      " 'none known' OR title = '')", "0;");
	assert_rows(r->store, "SELECT count(*) FROM v_published WHERE pass_at_1 IS NULL AND title <> 'none known'", "0;");
	assert_rows(r->store, "SELECT pass_at_1, precision, published FROM v_published WHERE model = 'qwen2.5-coder:32b-instruct-q4_K_M' AND"
			      " variant = 'HumanEval' ORDER BY precision", "0.927|BF16|2024-11;0.896|Q4_K_M|-;");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		rows_test(shares_are_exact),
		rows_test(pairs_are_compared_on_the_same_tasks),
		rows_test(speed_is_told_by_clock),
		rows_test(without_the_servers_clock),
		rows_test(several_samples),
		rows_test(answers_that_stand_there_again),
		rows_test(judging_twice_is_judging_once),
		rows_test(thresholds),
		rows_test(a_model_that_spilled),
		rows_test(less_context_than_was_asked_for),
		rows_test(a_run_that_cannot_be_judged_by),
		rows_test(a_part_is_not_the_whole), rows_test(a_file_without_its_head),
		rows_test(server_errors),
		rows_test(egress_is_judged_as_ever),
		rows_test(what_nobody_watched_is_told_as_such),
		rows_test(published_figures),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
