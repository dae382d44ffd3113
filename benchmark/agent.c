/* SPDX-License-Identifier: Apache-2.0 */
#include "benchmark/agent.h"

#include "benchmark/answer_parts.h"

#include <stdio.h>
#include <stdlib.h>

/* Every message so far; the texts are ours, and grow no more once they are in. */
struct talk {
	struct server_message at[2 * AGENT_TURNS_MAX + 1];
	struct text texts[2 * AGENT_TURNS_MAX + 1];
	size_t count, bytes;
};

struct work {
	const struct task *task;
	const struct agent_side *side;
	struct agent_course *course;
	struct talk talk;
	bool wrote, done, changed; /* changed: since the last test */
	unsigned idle;             /* turns without an action, in a row */
};

static void add_message(struct talk *t, const char *role, struct slice text)
{
	struct text *own = &t->texts[t->count];
	*own = text_make(AGENT_TRANSCRIPT_MAX);
	text_add(own, slice_part(text, 0, AGENT_TRANSCRIPT_MAX));
	t->at[t->count++] = (struct server_message){role, text_slice(own)};
	t->bytes += own->size;
}

static void end_with(struct work *w, enum outcome outcome, const char *why)
{
	struct agent_course *c = w->course;
	AUTO_TEXT struct text t = text_make(sizeof c->detail - 1);
	text_add_printable(&t, slice_of_string(why), sizeof c->detail / 4);
	c->outcome = outcome;
	snprintf(c->detail, sizeof c->detail, "%s", text_string(&t));
	w->done = true;
}

static void do_read(struct work *w, const struct agent_action *a, struct text *ret)
{
	const struct task_file *f = task_files_find(&w->course->files, a->path);
	if (!f) {
		text_addf(ret, "READ %s: there is no such file. There are:", a->path);
		for (size_t i = 0; i < w->course->files.count; i++)
			text_addf(ret, " %s", w->course->files.at[i].path);
		text_add_string(ret, "\n\n");
		return;
	}
	text_addf(ret, "READ %s: %zu bytes%s\n", a->path, f->content.size,
		  f->content.size > AGENT_SHOWN_MAX ? ", the first of them:" : "");
	answer_add_fenced("", slice_part(text_slice(&f->content), 0, AGENT_SHOWN_MAX), ret);
}

static void do_write(struct work *w, const struct agent_action *a, struct text *ret)
{
	struct error err = {0};
	if (!a->whole)
		text_addf(ret, "WRITE %s: nothing was written, no whole fenced block follows it.\n\n", a->path);
	else if (task_files_put(&w->course->files, a->path, text_slice(&a->content), &err))
		text_addf(ret, "WRITE %s: nothing was written: %s.\n\n", a->path, err.text);
	else {
		w->wrote = w->changed = true;
		text_addf(ret, "WRITE %s: %zu bytes written.\n\n", a->path, a->content.size);
	}
}

static enum status do_test(struct work *w, struct text *ret, struct error *err)
{
	AUTO_TEXT struct text printed = text_make(1 << 20);
	bool passed = false;
	if (!w->changed) {
		text_add_string(ret, "TEST: nothing was written since the last run.\n\n");
		return OK;
	}
	w->changed = false;
	enum status status = w->side->test(w->side->context, &w->course->files, &printed, &passed, err);
	if (status)
		return status;
	text_addf(ret, "TEST: %s\n", passed ? "passed" : "failed");
	answer_add_fenced("", slice_part(text_slice(&printed), 0, AGENT_SHOWN_MAX), ret);
	return OK;
}

static enum status act(struct work *w, const struct agent_actions *actions, struct text *ret, struct error *err)
{
	enum status status = OK;
	for (size_t i = 0; i < actions->count && !status && !w->done; i++) {
		const struct agent_action *a = &actions->at[i];
		switch (a->verb) {
		case AGENT_READ:
			do_read(w, a, ret);
			break;
		case AGENT_WRITE:
			do_write(w, a, ret);
			break;
		case AGENT_TEST:
			status = do_test(w, ret, err);
			break;
		case AGENT_DONE:
			w->done = true;
			break;
		}
	}
	if (actions->more)
		text_add_string(ret, "There were more actions than one turn may have; those behind were left out.\n\n");
	return status;
}

/* What the model said becomes its message without its thinking, as a chat template
 * would have it. */
static enum status take_turn(struct work *w, const struct server_reply *reply, struct error *err)
{
	AUTO_TEXT struct text rest = text_make(ANSWER_TEXT_MAX), results = text_make(AGENT_TRANSCRIPT_MAX);
	struct agent_actions *actions = must_alloc(1, sizeof *actions);
	bool open;
	struct slice said = slice_part(text_slice(&reply->text), 0, ANSWER_TEXT_MAX);
	w->course->asked.thought_bytes += answer_thought(said, &rest, &open);
	agent_actions(text_slice(&rest), actions);
	const struct agent_action *last = actions->count > 0 ? &actions->at[actions->count - 1] : NULL;
	bool broken = !last || (last->verb == AGENT_WRITE && !last->whole);
	enum status status = OK;
	if (reply->end == SERVER_LENGTH && broken) {
		end_with(w, OUTCOME_CUT, "the token limit cut it in the middle of a turn");
	} else if (!last && answer_refused(text_slice(&rest)) && !w->wrote) {
		end_with(w, OUTCOME_REFUSED, "the model declined");
	} else {
		w->idle = last ? 0 : w->idle + 1;
		status = act(w, actions, &results, err);
		if (!last)
			text_add_string(&results, "There was no action in that. Act by lines READ path, WRITE path with a "
						  "fenced block behind it, TEST or DONE.\n");
		add_message(&w->talk, "assistant", text_slice(&rest));
		add_message(&w->talk, "user", text_slice(&results));
	}
	agent_actions_free(actions);
	free(actions);
	return status;
}

static enum status one_turn(struct work *w, struct error *err)
{
	struct server_reply reply = {.end = SERVER_STOPPED};
	enum status status = w->side->say(w->side->context, w->talk.at, w->talk.count, &reply, err);
	if (!status) {
		asked_add(&w->course->asked, &reply);
		if (w->course->said.size)
			text_add_string(&w->course->said, "\n--- next turn ---\n");
		text_add(&w->course->said, text_slice(&reply.text));
		enum outcome outcome = asked_outcome(reply.end);
		if (outcome != OUTCOME_PASSED)
			end_with(w, outcome, reply.detail);
		else
			status = take_turn(w, &reply, err);
	}
	server_reply_free(&reply);
	return status;
}

static enum status go_through(struct work *w, struct error *err)
{
	enum { IDLE_MAX = 3 };
	AUTO_TEXT struct text ask = text_make(AGENT_TRANSCRIPT_MAX);
	enum status status = OK;
	answer_ask(w->task, &ask);
	add_message(&w->talk, "user", text_slice(&ask));
	for (unsigned turn = 0; turn < AGENT_TURNS_MAX && !status && !w->done; turn++) {
		status = one_turn(w, err);
		if (w->idle == IDLE_MAX || w->talk.bytes > AGENT_TRANSCRIPT_MAX)
			break;
	}
	if (!status && w->course->outcome == OUTCOME_PASSED && !w->wrote)
		end_with(w, OUTCOME_NO_CODE, "it wrote no file");
	return status;
}

enum status agent_work(const struct task *task, const struct agent_side *side, struct agent_course *ret,
		       struct error *err)
{
	enum { SAID_MAX = AGENT_TURNS_MAX * (SERVER_REPLY_MAX + 64) };
	struct work *w = must_alloc(1, sizeof *w);
	enum status status = OK;
	*ret = (struct agent_course){.outcome = OUTCOME_PASSED, .said = text_make(SAID_MAX), .asked = asked_nothing()};
	*w = (struct work){.task = task, .side = side, .course = ret, .changed = true};
	for (size_t i = 0; i < task->start.count && !status; i++)
		status = task_files_put(&ret->files, task->start.at[i].path, text_slice(&task->start.at[i].content), err);
	if (!status)
		status = go_through(w, err);
	for (size_t i = 0; i < w->talk.count; i++)
		text_free(&w->talk.texts[i]);
	free(w);
	return status;
}

void agent_course_free(struct agent_course *c)
{
	task_files_free(&c->files);
	text_free(&c->said);
}
