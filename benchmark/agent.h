/* SPDX-License-Identifier: Apache-2.0 */
#ifndef BENCHMARK_AGENT_H
#define BENCHMARK_AGENT_H

/*
 * A task in several turns: the model reads and writes files, runs the test that it may
 * see, and says when it is done. Each turn is plain text with one or more actions; the
 * next message says what came of them.
 */

#include "benchmark/asked.h"
#include "benchmark/task.h"

enum {
	AGENT_TURNS_MAX = 12,
	AGENT_ACTIONS_MAX = 32,           /* of one turn; those behind are said to be left out */
	AGENT_SHOWN_MAX = 16 << 10,       /* bytes of one file that is read */
	AGENT_TRANSCRIPT_MAX = 384 << 10, /* bytes of all messages; what is past it ends the task */
};

/* The model, and the sandbox. A failure of either ends the task with it. */
struct agent_side {
	enum status (*say)(void *context, const struct server_message *messages, size_t count,
			   struct server_reply *ret, struct error *err);
	enum status (*test)(void *context, const struct task_files *files, struct text *ret, bool *ret_passed,
			    struct error *err);
	void *context;
};

struct agent_course {
	struct task_files files; /* owned: those of start/ with what was written */
	enum outcome outcome;    /* OUTCOME_PASSED: to be judged; else why not */
	char detail[256];        /* printable */
	struct text said;        /* owned: what the model said, turn after turn */
	struct asked asked;
};

/* Goes through the turns. The caller frees `ret` in any case. */
enum status agent_work(const struct task *task, const struct agent_side *side, struct agent_course *ret,
		       struct error *err) MUST_CHECK;
void agent_course_free(struct agent_course *c);

/* One turn's actions, in their order. */
enum agent_verb { AGENT_READ, AGENT_WRITE, AGENT_TEST, AGENT_DONE };
struct agent_action {
	enum agent_verb verb;
	char path[TASK_PATH_MAX]; /* "": none was given */
	struct text content;      /* owned, of AGENT_WRITE */
	bool whole;               /* its block was there, and closed */
};
struct agent_actions {
	struct agent_action at[AGENT_ACTIONS_MAX];
	size_t count;
	bool more;
};
void agent_actions(struct slice said, struct agent_actions *ret);
void agent_actions_free(struct agent_actions *a);

#endif
