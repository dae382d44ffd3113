/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Answers that mean no good (fixtures/hostile): none scores, and none is noticed outside
 * of the sandbox, by root's runs as by an ordinary user's.
 */
#include "tests/unit/double_task.h"
#include "tests/unit/each.h"

#include "benchmark/confine_stage.h"
#include "core/file.h"

#include <grp.h>
#include <sys/wait.h>

enum { HOSTILE_MAX = 64, NOBODY = 65534, TIMEOUT_MS = 3000 };

struct hostile {
	char name[64];
	const struct language *language;
	struct text text;
};

static struct hostile hostile[HOSTILE_MAX];
static size_t hostile_count;
static struct stage stage;

static void replace(struct text *t, const char *mark, const char *value)
{
	struct text done = text_make(TASK_FILE_MAX);
	struct slice rest = text_slice(t);
	for (size_t at; (at = slice_search(rest, slice_of_string(mark))) < rest.size;
	     rest = slice_part(rest, at + strlen(mark), rest.size)) {
		text_add(&done, slice_part(rest, 0, at));
		text_add_string(&done, value);
	}
	text_add(&done, rest);
	text_free(t);
	*t = done;
}

static void fill_in(struct text *t)
{
	char port[16], pid[16], mark[16];
	snprintf(port, sizeof port, "%u", stage.port[STAGE_TCP]);
	snprintf(pid, sizeof pid, "%d", (int)stage.victim);
	snprintf(mark, sizeof mark, "%.15s", stage.token);
	replace(t, "@PORT@", port);
	replace(t, "@PID@", pid);
	replace(t, "@SHORT@", mark);
	replace(t, "@SECRET@", stage.secret);
	replace(t, "@FOLDER@", stage.folder);
	replace(t, "@ABSTRACT@", stage.abstract + 1);
	replace(t, "@TOKEN@", stage.token);
	replace(t, "@CONTENT@", stage.content);
}

static const struct language *language_of(const char *name)
{
	for (size_t i = 0; i < LENGTH(double_languages); i++)
		if (!strcmp(strrchr(name, '.'), strrchr(double_languages[i].file, '.')))
			return &double_languages[i];
	return NULL;
}

static int open_all(void **state)
{
	const char *srcdir = getenv("SRCDIR");
	char path[4096];
	struct error err = {0};
	struct file_entry *entries;
	size_t count;
	int fd;
	(void)state;
	snprintf(path, sizeof path, "%s/fixtures/hostile", srcdir ? srcdir : ".");
	struct arena *arena = arena_new(1 << 20);
	if (stage_set(&stage, &err) || file_open_folder(AT_FDCWD, path, &fd, &err) ||
	    file_list(fd, arena, &entries, &count, &err) || count > HOSTILE_MAX) {
		print_error("%s\n", err.text);
		return -1;
	}
	for (size_t i = 0; i < count; i++) {
		struct hostile *h = &hostile[hostile_count++];
		snprintf(h->name, sizeof h->name, "%s", entries[i].path);
		h->language = language_of(h->name);
		h->text = text_make(TASK_FILE_MAX);
		if (!h->language || file_read(fd, h->name, TASK_FILE_MAX, &h->text, &err))
			return -1;
		fill_in(&h->text);
	}
	close(fd);
	arena_free(arena);
	return 0;
}

static int close_all(void **state)
{
	(void)state;
	for (size_t i = 0; i < hostile_count; i++)
		text_free(&hostile[i].text);
	stage_strike(&stage);
	return 0;
}

static bool behaves(size_t i, void *context)
{
	const struct hostile *h = &hostile[i];
	struct task_files files = {0};
	struct verdict_of_run v = {0};
	struct task task;
	struct error err = {0};
	(void)context;
	double_task(h->language, &task);
	task.timeout_ms = TIMEOUT_MS;
	files_add(&files, h->language->file, text_slice(&h->text));
	enum status status = judge_answer(confined, &task, &files, &v, &err);
	bool good = !status && v.outcome != OUTCOME_PASSED && !strstr(v.detail, stage.content);
	if (!good)
		print_error("%s: %s (%s)%s\n", h->name, outcome_name(v.outcome), v.detail, err.text);
	else if (getenv("V"))
		print_message("  %-14s %-12s %s\n", h->name, outcome_name(v.outcome), v.detail);
	files_free(&files);
	double_end(&task);
	return good;
}

/* How many processes have the mark as their name. */
static size_t marked_processes(void)
{
	char command[128];
	snprintf(command, sizeof command, "test -z \"$(pgrep %.15s)\"", stage.token);
	return system(command) != 0;
}

static size_t try_all(void)
{
	struct error err = {0};
	char path[STAGE_PATH_MAX + 64];
	if (confine_open(&confined, &err)) {
		print_error("%s\n", err.text);
		return 1;
	}
	size_t wrong = each_run(hostile_count, behaves, NULL);
	/* and the sandbox works as before */
	struct task task;
	struct task_files files = {0};
	struct verdict_of_run v;
	double_task(&double_languages[0], &task);
	files_add(&files, task.answer, slice_of_string(double_languages[0].right));
	wrong += judge_answer(confined, &task, &files, &v, &err) != OK || v.outcome != OUTCOME_PASSED;
	files_free(&files);
	double_end(&task);
	confine_close(confined);
	for (int i = 0; i < STAGE_LISTENERS; i++)
		wrong += stage_was_reached(&stage, (enum stage_listener)i);
	snprintf(path, sizeof path, "%s/%s-written", stage.folder, stage.token);
	wrong += stage_was_written(path);
	wrong += stage_left(&stage) + marked_processes();
	return wrong;
}

static void none_scores_or_escapes(void **state)
{
	(void)state;
	assert_true(hostile_count >= 30);
	assert_int_equal(try_all(), 0);
	assert_true(stage_victim_lives(&stage));
}

static void nor_as_an_ordinary_user(void **state)
{
	int status = 0;
	(void)state;
	if (geteuid() != 0)
		skip(); /* as whom it just was */
	pid_t pid = fork();
	if (pid == 0) {
		if (setgroups(0, NULL) != 0 || setresgid(NOBODY, NOBODY, NOBODY) != 0 || setresuid(NOBODY, NOBODY, NOBODY) != 0)
			_exit(99);
		_exit((int)try_all());
	}
	assert_int_equal(waitpid(pid, &status, 0), pid);
	assert_true(WIFEXITED(status));
	assert_int_equal(WEXITSTATUS(status), 0);
	assert_true(stage_victim_lives(&stage));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(none_scores_or_escapes),
		cmocka_unit_test(nor_as_an_ordinary_user),
	};
	return cmocka_run_group_tests(tests, open_all, close_all);
}
