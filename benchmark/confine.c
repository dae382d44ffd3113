/* SPDX-License-Identifier: Apache-2.0 */
#include "benchmark/confine.h"

#include "benchmark/confine_machine.h"
#include "benchmark/confine_watch.h"
#include "core/auto.h"
#include "core/clock.h"

#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

enum {
	MEMORY_USUAL = 512 << 20,
	FILE_LIMIT = COMMAND_DISK_MAX,
	SIGNALS_FROM = 128, /* as bubblewrap tells that a signal ended it */
	RUNS_MAX = 2,
};

/* One run on its way. */
struct confined {
	struct slot *slot;
	struct command command;
	struct start start;
	struct watched watched;
	int given[4]; /* the ends that bubblewrap gets; owned until it has them */
};

enum given { GIVEN_OUT, GIVEN_RESULT, GIVEN_STATUS, GIVEN_GO };

static enum status make_pipe(int *ret_from, int *ret_to, struct error *err)
{
	int ends[2];
	if (pipe2(ends, O_CLOEXEC) != 0)
		return fail_errno(err, ERR_UNAVAILABLE, errno, "cannot make a pipe");
	*ret_from = ends[0];
	*ret_to = ends[1];
	return OK;
}

static enum status make_pipes(struct confined *r, bool own_result, struct error *err)
{
	enum status status = make_pipe(&r->watched.from[WATCH_OUT], &r->given[GIVEN_OUT], err);
	if (!status && own_result)
		status = make_pipe(&r->watched.from[WATCH_RESULT], &r->given[GIVEN_RESULT], err);
	if (!status)
		status = make_pipe(&r->watched.from[WATCH_STATUS], &r->given[GIVEN_STATUS], err);
	if (!status)
		status = make_pipe(&r->given[GIVEN_GO], &r->watched.go, err);
	return status;
}

static void prepare(const struct confine *c, const struct confine_run *run, struct confine_result *result,
		    struct confined *r)
{
	/* with a user of its own all processes of that user are the sandbox's */
	bool own_user = geteuid() == 0;
	memset(r, 0, sizeof *r);
	*result = (struct confine_result){.output = text_make(CONFINE_OUTPUT_MAX),
					  .result = text_make(CONFINE_RESULT_MAX)};
	for (size_t i = 0; i < LENGTH(r->given); i++)
		r->given[i] = -1;
	for (size_t i = 0; i < WATCH_STREAMS; i++)
		r->watched.from[i] = -1;
	r->watched.go = r->watched.first = r->watched.pid = r->watched.exit_code = -1;
	r->watched.bound_processes = c->means.own_users && !own_user;
	r->watched.timeout_ms = run->timeout_ms;
	r->watched.told = text_make(WATCH_STATUS_MAX);
	r->watched.result = result;
	r->start.input = run->input;
	r->start.data_limit = run->memory_max ? run->memory_max : MEMORY_USUAL;
	r->start.file_limit = FILE_LIMIT;
	r->start.process_limit = own_user ? GROUP_PROCESSES_MAX : 0;
	r->start.cpu_seconds = run->timeout_ms / 1000 + 1;
}

/* `in` and `result` are handed on where they are not -1. */
static enum status begin(struct confine *c, const struct confine_run *run, int in, int result, struct confined *r,
			 struct error *err)
{
	enum status status = command_make(&c->means, run, &r->command, &r->start, err);
	if (!status)
		status = make_pipes(r, result < 0, err);
	if (!status)
		status = slots_take(&c->slots, &r->slot, err);
	if (!status)
		status = group_begin(slot_group(r->slot), r->start.data_limit, err);
	if (status)
		return status;
	r->start.in = in;
	r->start.out = r->given[GIVEN_OUT];
	r->start.result = result < 0 ? r->given[GIVEN_RESULT] : result;
	r->start.status = r->given[GIVEN_STATUS];
	r->start.go = r->given[GIVEN_GO];
	if (slot_group(r->slot)->kind == GROUP_NONE)
		r->watched.memory_max = r->start.data_limit;
	/* nothing has to be done before it may go on */
	if (!r->watched.bound_processes && write(r->watched.go, "g", 1) != 1)
		return fail_errno(err, ERR_INTERNAL, errno, "cannot write to a pipe");
	status = slot_start(r->slot, &r->start, &r->watched.pid, err);
	for (size_t i = 0; i < LENGTH(r->given); i++) {
		auto_close(&r->given[i]);
		r->given[i] = -1;
	}
	return status;
}

static enum status why_not_started(const struct confined *r, struct error *err)
{
	AUTO_TEXT struct text said = text_make(512);
	struct slice output = slice_trim(text_slice(&r->watched.result->output));
	struct cursor lines = cursor_over(output);
	struct slice line = {0};
	while (cursor_line(&lines, &line, NULL) && cursor_left(&lines) > 0)
		continue;
	text_add_printable(&said, line, 300);
	if (slice_starts(line, "bwrap: execvp"))
		return fail(err, ERR_NO_INPUT, "the sandbox has no such program: %s", text_string(&said));
	if (WIFSIGNALED(r->watched.status))
		return fail(err, ERR_UNAVAILABLE, "the sandbox was ended from outside, by signal %d",
			    WTERMSIG(r->watched.status));
	return fail(err, ERR_UNAVAILABLE, "the sandbox did not start: %s",
		    said.size ? text_string(&said) : "bubblewrap, or what it needs, could not be given to its user");
}

static enum status judge_end(struct confined *r, const struct group_use *use, struct error *err)
{
	struct confine_result *ret = r->watched.result;
	int code = r->watched.exit_code;
	ret->wall_ns = r->watched.ended_ns - r->watched.started_ns;
	if (use->memory_bytes)
		ret->memory_bytes = use->memory_bytes;
	ret->code = -1;
	if (r->watched.cut)
		return OK;
	if (ret->end != CONFINE_EXITED)
		return ret->end == CONFINE_SIGNALLED ? why_not_started(r, err) : OK;
	if (use->memory_ended && code != 0)
		ret->end = CONFINE_MEMORY;
	else if (code < 0)
		return why_not_started(r, err);
	else if (code == SIGNALS_FROM + SIGXCPU)
		ret->end = CONFINE_TIMED_OUT;
	else if (code > SIGNALS_FROM && code < SIGNALS_FROM + NSIG)
		ret->end = CONFINE_SIGNALLED;
	ret->code = ret->end == CONFINE_SIGNALLED ? code - SIGNALS_FROM : code;
	return OK;
}

static enum status finish(struct confine *c, struct confined *r, bool wanted, struct error *err)
{
	struct group_use use = {0};
	enum status status = OK;
	bool started = r->watched.pid != -1 || r->watched.is_over;
	for (size_t i = 0; i < LENGTH(r->given); i++)
		auto_close(&r->given[i]);
	if (r->slot && started)
		group_end(slot_group(r->slot), &use);
	if (started && wanted)
		status = judge_end(r, &use, err);
	watch_free(&r->watched);
	command_free(&r->command);
	if (r->slot)
		slots_give(&c->slots, r->slot);
	return status;
}

/* With two, what each writes to descriptor 3 is what the other reads. */
static enum status run_all(struct confine *c, const struct confine_run runs[], size_t count,
			   struct confine_result ret[], struct error *err)
{
	AUTO_FREE struct confined *r = must_alloc(count, sizeof *r);
	struct watched *watched[RUNS_MAX];
	int ends[RUNS_MAX][2] = {{-1, -1}, {-1, -1}};
	enum status status = OK;
	for (size_t i = 0; i < count; i++) {
		prepare(c, &runs[i], &ret[i], &r[i]);
		watched[i] = &r[i].watched;
		if (!status && count > 1)
			status = make_pipe(&ends[i][0], &ends[i][1], err);
	}
	for (size_t i = 0; i < count && !status; i++)
		status = begin(c, &runs[i], ends[i][0], ends[count - 1 - i][1], &r[i], err);
	for (size_t i = 0; i < count; i++)
		for (size_t k = 0; k < 2; k++)
			auto_close(&ends[i][k]);
	if (!status)
		status = watch_all(watched, count, err);
	for (size_t i = 0; i < count; i++) {
		enum status ended = finish(c, &r[i], !status, err);
		status = status ? status : ended;
	}
	for (size_t i = 0; i < count && status; i++)
		confine_result_free(&ret[i]);
	return status;
}

enum status confine_run(struct confine *c, const struct confine_run *run, struct confine_result *ret,
			struct error *err)
{
	return run_all(c, run, 1, ret, err);
}

enum status confine_run_pair(struct confine *c, const struct confine_run runs[static 2],
			     struct confine_result ret[static 2], struct error *err)
{
	return run_all(c, runs, 2, ret, err);
}

void confine_result_free(struct confine_result *r)
{
	text_free(&r->output);
	text_free(&r->result);
}
