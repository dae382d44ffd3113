/* SPDX-License-Identifier: Apache-2.0 */
#include "benchmark/judge_run.h"

#include <signal.h>
#include <stdio.h>
#include <string.h>

enum {
	PARSE_MS = 20000,
	PARSE_FILES_MAX = 24,
	SHOWN_MAX = 240, /* bytes of a line */
};

/* $1 is left out: of a driver the visible test, of the visible test nothing. */
static const char compile_and_run[] =
	"x=$1; shift; for f in *.c; do [ \"$f\" = \"$x\" ] || set -- \"$@\" \"$f\"; done; "
	"cc -std=c17 -O1 -w -o program \"$@\" -lm >&2 || exit 125; exec ./program";

static const char check_each_node[] = "for f; do node --check \"$f\" || exit 1; done";
static const char check_each_bash[] = "for f; do bash -n \"$f\" || exit 1; done";

static const struct {
	const char *suffix;
	const char *words[4];
} languages[] = {
	[TASK_PYTHON] = {".py", {"python3", "-I", "-m", "py_compile"}},
	[TASK_C] = {".c", {NULL}}, /* its run compiles it */
	[TASK_JAVASCRIPT] = {".js", {"sh", "-c", check_each_node, "sh"}},
	[TASK_SHELL] = {".sh", {"sh", "-c", check_each_bash, "sh"}},
};

/* Is one of them a folder on the way to the other, or the same? */
static bool are_in_each_others_way(const char *a, const char *b)
{
	while (*a && *a == *b)
		a++, b++;
	return (!*a && (!*b || *b == '/')) || (!*b && *a == '/');
}

static void lay(const struct task_file *file, struct task_files *ret)
{
	size_t kept = 0;
	for (size_t i = 0; i < ret->count; i++)
		if (!are_in_each_others_way(ret->at[i].path, file->path))
			ret->at[kept++] = ret->at[i];
	ret->at[kept] = *file;
	ret->count = kept + 1;
}

void run_lay(const struct task_files *const layers[], size_t count, struct task_files *ret)
{
	size_t most = 0;
	for (size_t i = 0; i < count; i++)
		most += layers[i]->count;
	ret->at = must_alloc(most, sizeof *ret->at);
	ret->count = 0;
	for (size_t i = 0; i < count; i++)
		for (size_t k = 0; k < layers[i]->count; k++)
			lay(&layers[i]->at[k], ret);
}

void run_command(enum task_language language, const char *file, const char *without,
		 const char *ret[static RUN_WORDS_MAX])
{
	const char *const commands[TASK_LANGUAGES][RUN_WORDS_MAX] = {
		[TASK_PYTHON] = {"python3", "-B", "-s", "-E", file},
		[TASK_C] = {"sh", "-c", compile_and_run, "sh", without},
		[TASK_JAVASCRIPT] = {"node", file},
		[TASK_SHELL] = {"bash", file},
	};
	memcpy(ret, commands[language], sizeof commands[language]);
}

enum status run_parses(struct confine *c, enum task_language language, const struct task_files *answer,
		       bool *ret, char ret_detail[static 512], struct error *err)
{
	const char *argv[LENGTH(languages[0].words) + PARSE_FILES_MAX + 1] = {NULL};
	size_t used = 0, files = 0;
	*ret = true;
	for (; used < LENGTH(languages[0].words); used++)
		argv[used] = languages[language].words[used];
	for (size_t i = 0; i < answer->count && files < PARSE_FILES_MAX; i++)
		if (slice_ends(slice_of_string(answer->at[i].path), languages[language].suffix))
			argv[used + files++] = answer->at[i].path;
	if (!argv[0] || files == 0)
		return OK;
	struct confine_run run = {.files = answer, .argv = argv, .timeout_ms = PARSE_MS};
	struct confine_result r;
	enum status status = confine_run(c, &run, &r, err);
	if (status)
		return status;
	*ret = r.end != CONFINE_EXITED || r.code == 0;
	if (!*ret)
		run_last_line(text_slice(&r.output), ret_detail, 512);
	confine_result_free(&r);
	return OK;
}

void run_last_line(struct slice output, char *ret, size_t capacity)
{
	struct cursor lines = cursor_over(output);
	struct slice line, last = {0};
	while (cursor_line(&lines, &line, NULL))
		if (slice_trim(line).size > 0)
			last = slice_trim(line);
	struct text shown = text_make(capacity - 1);
	text_add_printable(&shown, last, SHOWN_MAX);
	snprintf(ret, capacity, "%s", text_string(&shown));
	text_free(&shown);
}

/* What runtimes say when the sandbox gives them no more. */
static bool says_limit(const char *line)
{
	static const char *const words[] = {
		"MemoryError",	       "Cannot allocate memory",	   "heap out of memory",
		"No space left on",    "Resource temporarily unavailable", "can't start new thread",
		"File too large",      "Too many open files",		   "EAGAIN",
	};
	for (size_t i = 0; i < LENGTH(words); i++)
		if (strstr(line, words[i]))
			return true;
	return false;
}

bool run_ended_badly(const struct confine_result *r, struct verdict_of_run *ret)
{
	char line[SHOWN_MAX * 2];
	run_last_line(text_slice(&r->output), line, sizeof line);
	switch (r->end) {
	case CONFINE_TIMED_OUT:
		ret->outcome = OUTCOME_TIMEOUT;
		snprintf(ret->detail, sizeof ret->detail, "its time ran out");
		return true;
	case CONFINE_OUTPUT:
		ret->outcome = OUTCOME_LIMIT;
		snprintf(ret->detail, sizeof ret->detail, "it wrote more than %d bytes", CONFINE_OUTPUT_MAX);
		return true;
	case CONFINE_MEMORY:
		ret->outcome = OUTCOME_LIMIT;
		snprintf(ret->detail, sizeof ret->detail, "it took more memory than it was given");
		return true;
	case CONFINE_SIGNALLED:
		ret->outcome = r->code == SIGXFSZ ? OUTCOME_LIMIT : OUTCOME_CRASHED;
		snprintf(ret->detail, sizeof ret->detail, "ended by signal %d (%s)", r->code, strsignal(r->code));
		return true;
	case CONFINE_EXITED:
		if (r->code == 0)
			return false;
		ret->outcome = says_limit(line) ? OUTCOME_LIMIT : OUTCOME_CRASHED;
		if (line[0])
			snprintf(ret->detail, sizeof ret->detail, "%s", line);
		else
			snprintf(ret->detail, sizeof ret->detail, "exit status %d", r->code);
		return true;
	}
	return false;
}
