/* SPDX-License-Identifier: Apache-2.0 */
#include "tests/unit/confined.h"

#include "core/clock.h"

#include <errno.h>
#include <pthread.h>
#include <signal.h>
#include <sys/wait.h>

enum { USUAL_MS = 20000 };

static void input_files_and_results_meet(void **state)
{
	(void)state;
	static const char *const argv[] = {"sh", "-c", "cat; cat deep/a.txt >&3; echo no >&2; exit 7", NULL};
	struct task_files files = {0};
	struct confine_result r;
	struct error err = {0};
	files_add(&files, "deep/a.txt", SLICE("from\0a file\n"));
	struct confine_run run = {.files = &files, .argv = argv, .input = SLICE("given\n"), .timeout_ms = USUAL_MS};
	assert_int_equal(confine_run(confined, &run, &r, &err), OK);
	assert_int_equal(r.end, CONFINE_EXITED);
	assert_int_equal(r.code, 7);
	assert_slice(text_slice(&r.output), "given\nno\n");
	assert_slice(text_slice(&r.result), "from\0a file\n");
	assert_true(r.wall_ns > 0 && r.wall_ns < USUAL_MS * CLOCK_MILLISECOND);
	confine_result_free(&r);
	files_free(&files);
}

static void check_shell(const char *script, const char *wanted)
{
	struct confine_result r = run_shell(script, NULL, USUAL_MS);
	if (strcmp(text_string(&r.result), wanted) != 0)
		print_error("%s: \"%s\", wanted \"%s\"; %s\n", script, text_string(&r.result), wanted, text_string(&r.output));
	assert_string_equal(text_string(&r.result), wanted);
	confine_result_free(&r);
}

static void nothing_of_ours_is_inside(void **state)
{
	(void)state;
	setenv("CONFINE_TEST_SECRET", "hidden", 1);
	int leak = open("/dev/null", O_RDWR); /* without O_CLOEXEC */
	check_shell("env | cut -d= -f1 | sort | tr '\\n' ' ' >&3", "HOME LANG PATH PWD SHLVL _ ");
	check_shell("tr '\\0' '\\n' </proc/1/environ | grep -c SECRET >&3", "0\n");
	check_shell("sh -c 'ls /proc/self/fd' | tr '\\n' ' ' >&3", "0 1 2 3 4 "); /* 4: the listing itself */
	check_shell("ls / | tr '\\n' ' ' | sed 's/lib[x0-9]* //g' >&3", "bin dev etc proc sbin tmp usr ");
	check_shell("ls -A /tmp /usr/local | tr '\\n' ' ' >&3", "/tmp: work  /usr/local: ");
	check_shell("id -u >&3; hostname >&3; pwd >&3", "1000\nsandbox\n/tmp/work\n");
	check_shell("for i in / /usr /dev /etc /usr/local /dev/shm /proc; do touch $i/x 2>/dev/null && echo $i >&3; done", "");
	check_shell("grep -E '^(CapPrm|CapEff|CapBnd|NoNewPrivs|Seccomp):' /proc/self/status | tr -d '\\n\\t' >&3",
		    "CapPrm:0000000000000000CapEff:0000000000000000CapBnd:0000000000000000NoNewPrivs:1Seccomp:2");
	close(leak);
}

static void each_end_is_told(void **state)
{
	(void)state;
	struct confine_result r = run_shell("kill -SEGV $$", NULL, USUAL_MS);
	assert_int_equal(r.end, CONFINE_SIGNALLED);
	assert_int_equal(r.code, SIGSEGV);
	confine_result_free(&r);
	r = run_shell("yes", NULL, USUAL_MS);
	assert_int_equal(r.end, CONFINE_OUTPUT);
	assert_int_equal(r.output.size, CONFINE_OUTPUT_MAX);
	confine_result_free(&r);
	r = run_shell("yes >&3", NULL, USUAL_MS);
	assert_int_equal(r.end, CONFINE_OUTPUT);
	assert_int_equal(r.result.size, CONFINE_RESULT_MAX);
	confine_result_free(&r);
	r = run_shell("head -c 99999999 /dev/zero >big; stat -c %s big >&3", NULL, USUAL_MS);
	assert_int_equal(r.end, CONFINE_EXITED);
	assert_true(r.result.size > 0 && r.result.size <= strlen("67108864\n"));
	confine_result_free(&r);
}

/* More than one process may have, by several: only together they are too large. */
static void memory_is_bounded_for_all_together(void **state)
{
	(void)state;
	const char *hold = "for i in 1 2 3 4 5 6; do (head -c 150000000 /dev/zero | tail | sleep 10)& done; wait";
	struct confine_result r = run_shell(hold, NULL, USUAL_MS);
	assert_true(r.end == CONFINE_MEMORY || r.memory_bytes <= 512 << 20);
	assert_true(r.memory_bytes > 400 << 20);
	confine_result_free(&r);
}

static void time_ends_all_of_it(void **state)
{
	(void)state;
	int64_t begun = clock_mono();
	struct confine_result r = run_shell("setsid sleep 4711.5 & setsid sh -c 'trap \"\" TERM; sleep 4711.5' & echo on >&3; wait",
					    NULL, 500);
	assert_int_equal(r.end, CONFINE_TIMED_OUT);
	assert_slice(text_slice(&r.result), "on\n");
	assert_true(clock_mono() - begun < 15 * CLOCK_SECOND);
	assert_int_not_equal(system("pgrep -f 'sleep 4711[.]5' >/dev/null"), 0);
	confine_result_free(&r);
}

/* What goes on in the background ends with the program, and holds nobody up. */
static void what_is_left_ends(void **state)
{
	(void)state;
	int64_t begun = clock_mono();
	struct confine_result r = run_shell("(setsid sleep 4712.5; echo late >&3) & echo soon >&3", NULL, USUAL_MS);
	assert_int_equal(r.end, CONFINE_EXITED);
	assert_slice(text_slice(&r.result), "soon\n");
	assert_true(clock_mono() - begun < 15 * CLOCK_SECOND);
	assert_int_not_equal(system("pgrep -f 'sleep 4712[.]5' >/dev/null"), 0);
	confine_result_free(&r);
}

static void a_program_that_is_not_there(void **state)
{
	(void)state;
	static const char *const argv[] = {"no-such-program", NULL};
	struct confine_run run = {.argv = argv, .timeout_ms = USUAL_MS};
	struct confine_result r;
	struct error err = {0};
	assert_int_equal(confine_run(confined, &run, &r, &err), ERR_NO_INPUT);
	assert_contains(err.text, "no-such-program");
}

/* Whoever is process 1 here need not wait for anybody. */
static void no_zombies_are_left(void **state)
{
	(void)state;
	for (int i = 0; i < 80; i++) {
		struct confine_result r = run_shell("sleep 9 & true", NULL, USUAL_MS);
		assert_int_equal(r.end, CONFINE_EXITED);
		assert_true(r.cpu_ns > 0 && r.memory_bytes > 0);
		confine_result_free(&r);
	}
	errno = 0;
	assert_int_equal(waitpid(-1, NULL, WNOHANG), -1);
	assert_int_equal(errno, ECHILD);
}

static void many_files(void **state)
{
	(void)state;
	struct task_files files = {0};
	char name[32];
	for (int i = 0; i < 100; i++) {
		snprintf(name, sizeof name, "d%d/f%d", i % 7, i);
		files_add(&files, name, slice_of_string(name));
	}
	struct confine_result r = run_shell("find . -type f | wc -l >&3; cat d3/f3 >&3", &files, USUAL_MS);
	assert_slice(text_slice(&r.result), "100\nd3/f3");
	confine_result_free(&r);
	for (int i = 0; i < 60; i++)
		files_add(&files, "more", SLICE(""));
	struct error err = {0};
	struct confine_run run = {.files = &files, .argv = (const char *const[]){"true", NULL}, .timeout_ms = USUAL_MS};
	assert_int_equal(confine_run(confined, &run, &r, &err), ERR_LIMIT);
	files_free(&files);
}

static void *run_some(void *argument)
{
	size_t *good = argument;
	char script[64];
	for (int i = 0; i < 5; i++) {
		snprintf(script, sizeof script, "echo $((%d * 1000 + 1)) >&3", (int)*good + i);
		struct confine_run run = {.argv = (const char *const[]){"sh", "-c", script, NULL}, .timeout_ms = USUAL_MS};
		struct confine_result r;
		struct error err = {0};
		char wanted[32];
		snprintf(wanted, sizeof wanted, "%d\n", ((int)*good + i) * 1000 + 1);
		if (confine_run(confined, &run, &r, &err))
			return err.text[0] ? argument : NULL;
		bool same = !strcmp(text_string(&r.result), wanted);
		confine_result_free(&r);
		if (!same)
			return argument;
	}
	return NULL;
}

static void several_at_once(void **state)
{
	(void)state;
	enum { THREADS = 8 };
	pthread_t threads[THREADS];
	size_t first[THREADS];
	for (size_t i = 0; i < THREADS; i++) {
		first[i] = i * 100;
		assert_int_equal(pthread_create(&threads[i], NULL, run_some, &first[i]), 0);
	}
	for (size_t i = 0; i < THREADS; i++) {
		void *wrong;
		assert_int_equal(pthread_join(threads[i], &wrong), 0);
		assert_null(wrong);
	}
}

static void two_hear_each_other(void **state)
{
	(void)state;
	static const char *const asks[] = {"bash", "-c", "echo 6 >&3; read -r x; test \"$x\" = 36", NULL};
	static const char *const answers[] = {"bash", "-c", "while read -r x; do echo $((x * x)) >&3; done; sleep 99", NULL};
	struct confine_run runs[2] = {{.argv = asks, .timeout_ms = USUAL_MS}, {.argv = answers, .timeout_ms = USUAL_MS}};
	struct confine_result r[2];
	struct error err = {0};
	assert_int_equal(confine_run_pair(confined, runs, r, &err), OK);
	assert_int_equal(r[0].end, CONFINE_EXITED);
	assert_int_equal(r[0].code, 0);
	assert_int_equal(r[1].end, CONFINE_EXITED);
	assert_true(r[1].wall_ns < USUAL_MS * CLOCK_MILLISECOND);
	for (int i = 0; i < 2; i++)
		confine_result_free(&r[i]);
}

/* It ends by the first's end of input, not by anybody's time. */
static void the_first_hears_that_the_second_has_ended(void **state)
{
	(void)state;
	static const char *const asks[] = {"bash", "-c", "read -r x || { sleep 0.5; exit 9; }", NULL};
	static const char *const answers[] = {"bash", "-c", "exit 5", NULL};
	struct confine_run runs[2] = {{.argv = asks, .timeout_ms = USUAL_MS}, {.argv = answers, .timeout_ms = USUAL_MS}};
	struct confine_result r[2];
	struct error err = {0};
	assert_int_equal(confine_run_pair(confined, runs, r, &err), OK);
	assert_int_equal(r[0].code, 9);
	assert_int_equal(r[1].code, 5);
	for (int i = 0; i < 2; i++)
		confine_result_free(&r[i]);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(input_files_and_results_meet),
		cmocka_unit_test(nothing_of_ours_is_inside),
		cmocka_unit_test(each_end_is_told),
		cmocka_unit_test(memory_is_bounded_for_all_together),
		cmocka_unit_test(time_ends_all_of_it),
		cmocka_unit_test(what_is_left_ends),
		cmocka_unit_test(a_program_that_is_not_there),
		cmocka_unit_test(no_zombies_are_left),
		cmocka_unit_test(many_files),
		cmocka_unit_test(several_at_once),
		cmocka_unit_test(two_hear_each_other),
		cmocka_unit_test(the_first_hears_that_the_second_has_ended),
	};
	return cmocka_run_group_tests(tests, confined_open, confined_close);
}
