/* SPDX-License-Identifier: Apache-2.0 */
#include "tests/unit/test.h"

#include "cli/bench_end.h"
#include "cli/bench_options.h"
#include "cli/bench_progress.h"

enum { WORDS_MAX = 16 };

/* NULL-terminated words, as they are given behind "bench". */
static enum status parse(const char *const *words, struct bench_options *o, struct run_settings *s, struct error *err)
{
	char *argv[WORDS_MAX + 1] = {NULL};
	size_t count, dashes;
	int argc = 0;
	for (; words[argc]; argc++) {
		argv[argc] = strdup(words[argc]);
		assert_non_null(argv[argc]);
	}
	memset(o, 0, sizeof *o);
	char *given[WORDS_MAX + 1];
	memcpy(given, argv, sizeof given);
	enum status status = arguments_parse(bench_arguments, BENCH_ARGUMENTS, argc, argv, o, &count, &dashes, err);
	if (!status)
		status = bench_options_settings(o, s, err);
	memset(o, 0, sizeof *o); /* it points into what goes now */
	for (int i = 0; i < argc; i++)
		free(given[i]);
	return status;
}

static void accepted(const char *const *words, struct run_settings *ret)
{
	struct bench_options o;
	struct error err = {0};
	if (parse(words, &o, ret, &err))
		print_error("%s\n", err.text);
	assert_int_equal(err.status, OK);
}

static void refused(const char *const *words, const char *why)
{
	struct bench_options o;
	struct error err = {0};
	struct run_settings *s = must_alloc(1, sizeof *s);
	assert_int_equal(parse(words, &o, s, &err), ERR_USAGE);
	assert_contains(err.text, why);
	free(s);
}

static void settings_of_options(void **state)
{
	struct run_settings *s = must_alloc(1, sizeof *s);
	(void)state;
	accepted((const char *const[]){NULL}, s);
	assert_string_equal(s->tier, "auto");
	assert_int_equal(s->samples, 1);
	assert_int_equal(s->seed, 1);
	assert_int_equal(s->timeout_ms, 600000);
	assert_true(s->suites[TASK_MBPP] && s->languages[TASK_SHELL] && s->difficulties[TASK_HARD]);
	assert_int_equal(s->limit, 0);
	accepted((const char *const[]){"--suite", "repair,edit", "--language=c", "--difficulty", "hard", "--model", "a", "--model", "b",
				       "--vram=12GB", "--samples=5", "--temperature", "0.8", "--time-limit=90s", "--prompt-mode=completion",
				       NULL}, s);
	assert_false(s->suites[TASK_COMPLETE]);
	assert_true(s->suites[TASK_REPAIR] && s->suites[TASK_EDIT]);
	assert_true(s->languages[TASK_C] && !s->languages[TASK_PYTHON]);
	assert_true(s->difficulties[TASK_HARD] && !s->difficulties[TASK_EASY]);
	assert_int_equal(s->model_count, 2);
	assert_string_equal(s->models[1], "b");
	assert_true(s->vram_bytes == UINT64_C(12) << 30);
	assert_int_equal(s->samples, 5);
	assert_int_equal(s->temperature_milli, 800);
	assert_int_equal(s->timeout_ms, 90000);
	assert_true(s->completion);
	accepted((const char *const[]){"--vram", "8192MiB", "--seed", "0", "--context", "0", NULL}, s);
	assert_true(s->vram_bytes == UINT64_C(8) << 30);
	assert_int_equal(s->context, 0);
	accepted((const char *const[]){"--machine", "mac.json", "--machine=pc.json", "--published", "p.tsv", NULL}, s);
	assert_int_equal(s->machine_count, 2);
	assert_string_equal(s->machines[1], "pc.json");
	free(s);
}

static void what_is_refused(void **state)
{
	(void)state;
	refused((const char *const[]){"--suite", "completed", NULL}, "--suite knows no \"completed\"");
	refused((const char *const[]){"--language", "c,cobol", NULL}, "cobol");
	refused((const char *const[]){"--difficulty", ",", NULL}, "--difficulty knows no \"\"");
	refused((const char *const[]){"--vram", "12", NULL}, "--vram takes a size");
	refused((const char *const[]){"--vram", "0GB", NULL}, "--vram takes a size");
	refused((const char *const[]){"--samples", "0", NULL}, "--samples takes 1 to");
	refused((const char *const[]){"--samples", "3", NULL}, "the same answer again");
	refused((const char *const[]){"--temperature", "2.5", NULL}, "--temperature takes 0 to 2");
	refused((const char *const[]){"--time-limit", "10ms", NULL}, "--time-limit takes 1s to 1d");
	refused((const char *const[]){"--prompt-mode", "talk", NULL}, "chat or completion");
	refused((const char *const[]){"--limit", "0", NULL}, "--limit takes 1");
	refused((const char *const[]){"--resume", "/nowhere", "--suite", "edit", NULL}, "goes on as it was begun");
	refused((const char *const[]){"--resume", "/nowhere", "--machine", "m", NULL}, "goes on as it was begun");
	refused((const char *const[]){"--resume", "/nowhere", "--published", "p", NULL}, "goes on as it was begun");
}

static void resume_takes_what_was_begun(void **state)
{
	const struct scratch *f = *state;
	struct run_settings *begun = must_alloc(1, sizeof *begun), *s = must_alloc(1, sizeof *s);
	struct judge_languages languages = {.version = {""}};
	struct record_benchmark b = {.settings = begun, .tasks_sha256 = "00", .sandbox = "", .languages = &languages};
	struct error err = {0};
	struct record *r;
	run_settings_usual(begun);
	begun->suites[TASK_EDIT] = false;
	begun->limit = 7;
	snprintf(begun->models[0], sizeof begun->models[0], "m:8b@http://127.0.0.1:9");
	begun->model_count = 1;
	assert_int_equal(mkdirat(f->fd, "bench", 0700), 0);
	int folder = openat(f->fd, "bench", O_RDONLY | O_DIRECTORY | O_CLOEXEC);
	assert_int_equal(record_create(folder, &r, &err), OK);
	assert_int_equal(record_benchmark(r, &b, &err), OK);
	assert_int_equal(record_close(r, &err), OK);
	close(folder);
	accepted((const char *const[]){"--resume", f->path, NULL}, s);
	assert_memory_equal(s, begun, sizeof *s);
	accepted((const char *const[]){"--resume", f->path, "--server", "http://127.0.0.1:1", NULL}, s);
	assert_int_equal(s->server_count, 1);
	assert_string_equal(s->models[0], "m:8b"); /* where it is, is told anew */
	assert_int_equal(s->limit, 7);
	free(begun);
	free(s);
}

static void resume_names_what_is_missing_once(void **state)
{
	const char *const words[] = {"--resume", "/nowhere/at-all", NULL};
	struct run_settings *s = must_alloc(1, sizeof *s);
	struct bench_options o;
	struct error err = {0};
	(void)state;
	assert_int_not_equal(parse(words, &o, s, &err), OK);
	assert_string_equal(err.text, "/nowhere/at-all: No such file or directory");
	free(s);
}

/* Neither verdict makes up for the other, and a failure looks like none. */
static void exit_statuses(void **state)
{
	static const struct {
		struct bench_end end;
		int status;
	} cases[] = {
		{{.watched = true, .egress = VERDICT_PASS}, 0},
		{{.watched = true, .egress = VERDICT_FAIL}, 1},
		{{.watched = true, .egress = VERDICT_INCONCLUSIVE}, 2},
		{{.watched = true, .egress = VERDICT_PASS, .judged = true, .enough = VERDICT_PASS}, 0},
		{{.watched = true, .egress = VERDICT_PASS, .judged = true, .enough = VERDICT_FAIL}, 1},
		{{.watched = true, .egress = VERDICT_FAIL, .judged = true, .enough = VERDICT_PASS}, 1},
		{{.watched = true, .egress = VERDICT_INCONCLUSIVE, .judged = true, .enough = VERDICT_FAIL}, 1},
		{{.watched = true, .egress = VERDICT_PASS, .judged = true, .enough = VERDICT_INCONCLUSIVE}, 2},
		{{.watched = true, .egress = VERDICT_PASS, .worker = BENCH_INTERRUPTED}, 2},
		{{.watched = true, .egress = VERDICT_FAIL, .worker = BENCH_INTERRUPTED}, 1},
		{{.watched = true, .egress = VERDICT_PASS, .worker = 69}, 69},
		{{.watched = true, .egress = VERDICT_INCONCLUSIVE, .worker = 74}, 74},
		{{.egress = VERDICT_INCONCLUSIVE}, 0}, /* not watched */
		{{.judged = true, .enough = VERDICT_FAIL}, 1},
	};
	(void)state;
	for (size_t i = 0; i < LENGTH(cases); i++)
		assert_int_equal(bench_end_status(&cases[i].end), cases[i].status);
}

static void words_of_the_end(void **state)
{
	AUTO_TEXT struct text t = text_make(4096);
	struct bench_end end = {.folder = "s/1", .resumed = "s/0", .watched = true, .egress = VERDICT_PASS,
				.worker = BENCH_INTERRUPTED};
	(void)state;
	bench_end_words(&end, &t);
	assert_contains(text_string(&t), "Egress:      PASS\n");
	assert_contains(text_string(&t), "Good enough: not judged");
	assert_contains(text_string(&t), "The model server was not");
	assert_contains(text_string(&t), "before are of another watch: see s/0");
	assert_contains(text_string(&t), "(interrupted)");
	assert_contains(text_string(&t), "--resume s/1");
	text_clear(&t);
	/* what was not watched is never called PASS */
	bench_end_words(&(struct bench_end){.folder = "s/1", .judged = true, .enough = VERDICT_FAIL}, &t);
	assert_contains(text_string(&t), "Egress:      not watched");
	assert_contains(text_string(&t), "Good enough: FAIL");
	assert_null(strstr(text_string(&t), "PASS"));
	assert_null(strstr(text_string(&t), "--resume"));
}

static void progress_line(void **state)
{
	AUTO_TEXT struct text t = text_make(1024);
	struct run_state s = {.model = "qwen3:8b\033", .task = 12, .tasks = 120, .judged = 11, .passed = 9, .tokens_per_s = 34.25,
			      .left_ns = INT64_C(14 * 60) * 1000000000};
	(void)state;
	bench_progress_line(&s, &t);
	assert_string_equal(text_string(&t), "qwen3:8b\\x1b  task 12 of 120  9 of 11 passed  34.2 tokens/s  14 min left");
	text_clear(&t);
	s.tokens_per_s = 0;
	s.left_ns = -1;
	bench_progress_line(&s, &t);
	assert_string_equal(text_string(&t), "qwen3:8b\\x1b  task 12 of 120  9 of 11 passed");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(settings_of_options), cmocka_unit_test(what_is_refused),
		scratch_test(resume_takes_what_was_begun), cmocka_unit_test(exit_statuses),
		cmocka_unit_test(resume_names_what_is_missing_once),
		cmocka_unit_test(words_of_the_end),    cmocka_unit_test(progress_line),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
