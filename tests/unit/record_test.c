/* SPDX-License-Identifier: Apache-2.0 */
#include "tests/unit/test.h"

#include "benchmark/record.h"
#include "core/json.h"

#include <signal.h>
#include <sys/resource.h>

static struct run_settings settings(void)
{
	struct run_settings s;
	run_settings_usual(&s);
	s.suites[TASK_AGENT] = false;
	s.languages[TASK_C] = false;
	s.difficulties[TASK_HARD] = false;
	s.completion = true;
	s.samples = 3;
	s.seed = 77;
	s.temperature_milli = 805;
	s.limit = 9;
	s.vram_bytes = UINT64_C(12) << 30;
	snprintf(s.models[0], sizeof s.models[0], "a \"model\":8b");
	s.model_count = 1;
	snprintf(s.folders[0], sizeof s.folders[0], "/srv/tasks");
	s.folder_count = 1;
	snprintf(s.machines[0], sizeof s.machines[0], "/srv/mac.json");
	s.machine_count = 1;
	return s;
}

static void write_head(struct record *r, const struct run_settings *s)
{
	struct judge_languages languages = {{"Python 3.11.2", "", "", "bash 5"}};
	struct record_benchmark b = {.settings = s, .tasks_sha256 = "00ff", .sandbox = "a box", .languages = &languages, .tasks = 4, .cpus = 2};
	struct error err = {0};
	assert_int_equal(record_benchmark(r, &b, &err), OK);
}

static void write_answer(struct record *r, const char *task, unsigned sample, enum outcome outcome)
{
	struct task t = {.suite = TASK_COMPLETE, .language = TASK_PYTHON, .difficulty = TASK_EASY};
	struct asked asked = asked_nothing();
	struct verdict_of_run verdict = {.outcome = outcome, .detail = "line 1"};
	struct error err = {0};
	snprintf(t.id, sizeof t.id, "%s", task);
	struct record_answer a = {"m", &t, sample, 1, &asked, SLICE("said\n\xff"), &verdict};
	assert_int_equal(record_answer(r, &a, &err), OK);
}

static void reads_back_what_was_asked(void **state)
{
	const struct scratch *f = *state;
	struct run_settings *s = must_alloc(1, sizeof *s);
	struct record_before *b = must_alloc(1, sizeof *b);
	struct error err = {0};
	struct record *r;
	*s = settings();
	assert_int_equal(record_create(f->fd, &r, &err), OK);
	write_head(r, s);
	write_answer(r, "complete/a", 0, OUTCOME_PASSED);
	write_answer(r, "complete/a", 1, OUTCOME_SERVER_ERROR);
	write_answer(r, "complete/b", 2, OUTCOME_CUT);
	struct server_model model = {.name = "m", .digest = "abc"}, untold = {.name = "m:2"};
	assert_int_equal(record_model(r, &model, "", &err), OK);
	assert_int_equal(record_model(r, &untold, "", &err), OK);
	struct server_reply reply = {.end = SERVER_STOPPED, .tokens = -1};
	assert_int_equal(record_speed(r, "m", 0, &reply, -1, &err), OK);
	assert_int_equal(record_end(r, false, true, &err), OK);
	assert_int_equal(record_close(r, &err), OK);

	assert_int_equal(record_read(f->fd, b, &err), OK);
	assert_memory_equal(&b->settings, s, sizeof *s);
	assert_string_equal(b->tasks_sha256, "00ff");
	assert_int_equal(b->answers, 2);
	assert_int_equal(b->passed, 1);
	assert_int_equal(b->left_out, 0);
	assert_true(record_has(&b->answered, "m", "complete/a", 0));
	assert_false(record_has(&b->answered, "m", "complete/a", 1)); /* the server's fault: asked again */
	assert_true(record_has(&b->answered, "m", "complete/b", 2));
	assert_false(record_has(&b->answered, "n", "complete/b", 2));
	assert_true(record_has(&b->answered, "m", "", 0));
	assert_false(record_has(&b->answered, "m", "", 1));
	assert_false(record_has_other(b, "m", "abc"));
	assert_true(record_has_other(b, "m", "abd"));
	assert_true(record_has_other(b, "m", "ab"));
	assert_false(record_has_other(b, "m:2", "abd"));
	record_before_free(b);
	free(b);
	free(s);
}

/* The kill came in the middle of a write. */
static void goes_on_after_half_a_line(void **state)
{
	const struct scratch *f = *state;
	struct run_settings *s = must_alloc(1, sizeof *s);
	struct record_before *b = must_alloc(1, sizeof *b);
	struct error err = {0};
	struct record *r;
	*s = settings();
	assert_int_equal(record_create(f->fd, &r, &err), OK);
	write_head(r, s);
	write_answer(r, "complete/a", 0, OUTCOME_PASSED);
	assert_int_equal(record_close(r, &err), OK);
	int fd = openat(f->fd, RECORD_NAME, O_WRONLY | O_APPEND | O_CLOEXEC);
	assert_int_equal(write(fd, "{\"kind\":\"answer\",\"mod", 21), 21);
	close(fd);

	assert_int_equal(record_read(f->fd, b, &err), OK);
	assert_int_equal(b->answers, 1);
	assert_int_equal(b->left_out, 0);
	record_before_free(b);
	assert_int_equal(record_continue(f->fd, &r, &err), OK);
	write_answer(r, "complete/b", 0, OUTCOME_FAILED);
	assert_int_equal(record_close(r, &err), OK);
	assert_int_equal(record_read(f->fd, b, &err), OK);
	assert_int_equal(b->answers, 2);
	record_before_free(b);

	size_t size;
	char *all = scratch_get(f, RECORD_NAME, &size);
	struct cursor lines = cursor_over(slice_of(all, size));
	struct slice line;
	struct json_value v;
	size_t count = 0;
	for (; cursor_line(&lines, &line, NULL); count++)
		assert_null(json_read(line, &v, NULL));
	assert_int_equal(count, 3);
	assert_memory_equal(all, "{\"kind\":\"benchmark\",\"format\":1,", 31);
	free(all);
	free(b);
	free(s);
}

static void refuses_what_is_none(void **state)
{
	static const char *const texts[] = {"", "{}\n", "{\"kind\":\"benchmark\",\"format\":2}\n", "no json\n", "{\"kind\":\"benchmark\""};
	const struct scratch *f = *state;
	struct record_before *b = must_alloc(1, sizeof *b);
	for (size_t i = 0; i < LENGTH(texts); i++) {
		struct error err = {0};
		scratch_put(f, RECORD_NAME, slice_of_string(texts[i]));
		assert_int_equal(record_read(f->fd, b, &err), ERR_MALFORMED);
		assert_contains(err.text, "its first line is no");
	}
	free(b);
}

static void one_of_that_name_is_not_overwritten(void **state)
{
	const struct scratch *f = *state;
	struct error err = {0};
	struct record *r;
	scratch_put(f, RECORD_NAME, SLICE("x\n"));
	assert_int_equal(record_create(f->fd, &r, &err), ERR_CREATE);
}

/* A full disk is no success; nor is a file that must not grow. */
static void failed_write_is_told(void **state)
{
	const struct scratch *f = *state;
	struct rlimit before, none;
	struct error err = {0}, closing = {0};
	struct record *r;
	assert_int_equal(record_create(f->fd, &r, &err), OK);
	signal(SIGXFSZ, SIG_IGN);
	assert_int_equal(getrlimit(RLIMIT_FSIZE, &before), 0);
	none = before;
	none.rlim_cur = 0;
	assert_int_equal(setrlimit(RLIMIT_FSIZE, &none), 0);
	enum status status = record_end(r, true, false, &err);
	assert_int_equal(setrlimit(RLIMIT_FSIZE, &before), 0);
	assert_int_equal(status, ERR_IO);
	assert_contains(err.text, "cannot write " RECORD_NAME);
	assert_int_equal(record_close(r, &closing), OK);
}

/* What ingest would leave out as too long a line is cut before. */
static void long_replies_fit(void **state)
{
	const struct scratch *f = *state;
	struct error err = {0};
	struct record *r;
	struct task t = {.id = "complete/a"};
	struct asked asked = asked_nothing();
	struct verdict_of_run verdict = {.outcome = OUTCOME_NO_CODE};
	AUTO_TEXT struct text said = text_make(1 << 20);
	while (said.size < 1 << 20)
		text_add_char(&said, '\x01');
	assert_int_equal(record_create(f->fd, &r, &err), OK);
	struct record_answer a = {"m", &t, 0, 1, &asked, text_slice(&said), &verdict};
	assert_int_equal(record_answer(r, &a, &err), OK);
	assert_int_equal(record_close(r, &err), OK);
	size_t size;
	char *all = scratch_get(f, RECORD_NAME, &size);
	assert_true(size < 1 << 20);
	assert_non_null(strstr(all, "\"said_bytes\":1048576"));
	free(all);
}

static void temperatures(void **state)
{
	static const struct {
		const char *text;
		unsigned milli;
		bool good;
	} cases[] = {
		{"0", 0, true}, {"0.8", 800, true}, {"1.25", 1250, true}, {"2.000", 2000, true}, {"0.001", 1, true},
		{"2.1", 0, false}, {"3", 0, false}, {"-1", 0, false}, {"0.1234", 0, false}, {"1.", 0, false}, {"", 0, false},
		{".5", 0, false}, {"1e0", 0, false},
	};
	(void)state;
	for (size_t i = 0; i < LENGTH(cases); i++) {
		unsigned milli = 0;
		bool good = run_settings_temperature(slice_of_string(cases[i].text), &milli);
		assert_int_equal(good, cases[i].good);
		if (good)
			assert_int_equal(milli, cases[i].milli);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		scratch_test(reads_back_what_was_asked), scratch_test(goes_on_after_half_a_line),
		scratch_test(refuses_what_is_none),	 scratch_test(one_of_that_name_is_not_overwritten),
		scratch_test(failed_write_is_told),	 scratch_test(long_replies_fit),
		cmocka_unit_test(temperatures),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
