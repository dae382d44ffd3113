/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Every task of a run, asked of one model; what it answers goes to those who judge.
 */
#include "benchmark/agent.h"
#include "benchmark/run_parts.h"
#include "core/clock.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { FAILURES_MAX = 3 /* of the server, one after the other, before it is looked at */ };

/* One answer being asked for. */
struct asking {
	struct run *run;
	const struct run_model *model;
	const struct task *task;
	unsigned sample;
	int64_t until_ns; /* monotonic: the answer's own time */
};

/* Its counters begin anew now and then, and must be read before. */
static void read_meter(struct run *r, int64_t now)
{
	enum { EVERY_S = 30 };
	double joules;
	if (now - r->metered_ns < EVERY_S * CLOCK_SECOND)
		return;
	r->metered_ns = now;
	machine_meter_read(r->meter, &joules);
}

static void heard(void *context, size_t tokens)
{
	struct run *r = context;
	int64_t now = clock_mono();
	read_meter(r, now);
	if (r->answer_from_ns == 0)
		r->answer_from_ns = now;
	double seconds = (double)(now - r->answer_from_ns) / (double)CLOCK_SECOND;
	r->state.tokens_per_s = seconds > 0 && tokens > 1 ? (double)(tokens - 1) / seconds : 0;
	r->order->tick(r->order->context, &r->state);
}

/* Servers cut off the beginning of a question that does not fit, and say nothing of it. */
static void check_room(struct run *r, const struct task *task, const struct server_reply *reply)
{
	enum { NEAR = 8 };
	int64_t context = (int64_t)r->room;
	if (r->said_full || context == 0 || reply->prompt_tokens < 0 || reply->tokens < 0 ||
	    reply->prompt_tokens + reply->tokens < context - NEAR)
		return;
	r->said_full = true;
	run_say(r, "%s: question and answer fill all of the %lld tokens of context, and part of the question may have been cut "
		"off (--context)", task->id, (long long)context);
}

static enum status ask(struct asking *a, const struct server_message *messages, size_t count, struct slice prompt,
		       struct server_reply *ret, struct error *err)
{
	struct run *r = a->run;
	int64_t left = (a->until_ns - clock_mono()) / CLOCK_MILLISECOND;
	struct server_ask ask = {
		.model = a->model->about.name,
		.messages = messages,
		.message_count = count,
		.prompt = prompt,
		.stops = messages ? NULL : answer_stops(a->task),
		.temperature = r->settings->temperature_milli / 1000.0,
		.seed = r->settings->seed + a->sample,
		.context = r->settings->context,
		.tokens_max = r->settings->tokens_max,
		.timeout_ms = left > 1 ? (unsigned)left : 1,
		.heard = heard,
		.heard_context = r,
	};
	r->answer_from_ns = 0;
	enum status status = server_ask(a->model->server, &ask, ret, err);
	if (!status)
		check_room(r, a->task, ret);
	return status;
}

static enum status agent_say(void *context, const struct server_message *messages, size_t count,
			     struct server_reply *ret, struct error *err)
{
	struct slice none = {0};
	return ask(context, messages, count, none, ret, err);
}

static enum status agent_test(void *context, const struct task_files *files, struct text *ret, bool *ret_passed,
			      struct error *err)
{
	struct asking *a = context;
	return judge_visible(a->run->confine, a->task, files, ret, ret_passed, err);
}

static void set_verdict(struct run_job *job, enum outcome outcome, const char *detail)
{
	AUTO_TEXT struct text t = text_make(sizeof job->verdict.detail - 1);
	text_add_printable(&t, slice_of_string(detail), sizeof job->verdict.detail / 4);
	job->verdict = (struct verdict_of_run){.outcome = outcome};
	snprintf(job->verdict.detail, sizeof job->verdict.detail, "%s", text_string(&t));
}

static enum status ask_agent(struct asking *a, struct run_job *job, struct error *err)
{
	struct agent_side side = {agent_say, agent_test, a};
	struct agent_course course;
	enum status status = agent_work(a->task, &side, &course, err);
	job->asked = course.asked;
	set_verdict(job, course.outcome, course.detail);
	text_add(&job->said, text_slice(&course.said));
	job->files = course.files;
	course.files = (struct task_files){0};
	agent_course_free(&course);
	return status;
}

/* What was said becomes files, or the reason why not. */
static void take_answer(struct asking *a, bool completion, const struct server_reply *reply, struct run_job *job)
{
	enum outcome outcome = asked_outcome(reply->end);
	if (outcome != OUTCOME_PASSED) {
		set_verdict(job, outcome, reply->detail);
		return;
	}
	struct slice said = text_slice(&reply->text);
	struct answer answer = completion ? answer_complete(a->task, said) : answer_take(a->task, said);
	job->asked.thought_bytes += answer.thought_bytes;
	/* base models go on after the function; only a conversation has an end to be cut from */
	if (reply->end == SERVER_LENGTH && !completion && (answer.open || answer.outcome != OUTCOME_PASSED))
		set_verdict(job, OUTCOME_CUT, "the token limit cut it before the end of its answer");
	else
		set_verdict(job, answer.outcome, answer.detail);
	if (job->verdict.outcome == OUTCOME_PASSED) {
		job->files = answer.files;
		answer.files = (struct task_files){0};
	}
	answer_free(&answer);
}

static enum status ask_once(struct asking *a, struct run_job *job, struct error *err)
{
	AUTO_TEXT struct text question = text_make(1 << 20);
	struct server_reply reply = {.end = SERVER_STOPPED};
	bool published = a->task->suite == TASK_HUMANEVAL || a->task->suite == TASK_MBPP;
	bool completion = published && a->run->settings->completion;
	enum status status;
	if (completion) {
		const struct text *continued = a->task->continued.size ? &a->task->continued : &a->task->prompt;
		status = ask(a, NULL, 0, text_slice(continued), &reply, err);
	} else {
		answer_ask(a->task, &question);
		struct server_message message = {"user", text_slice(&question)};
		struct slice none = {0};
		status = ask(a, &message, 1, none, &reply, err);
	}
	if (!status) {
		asked_add(&job->asked, &reply);
		text_add(&job->said, text_slice(&reply.text));
		take_answer(a, completion, &reply, job);
	}
	server_reply_free(&reply);
	return status;
}

/* A server that fails several times is asked whether it is there at all. */
static enum status check_server(struct asking *a, unsigned failures, bool *ret_gone, struct error *err)
{
	struct server_model *models = NULL;
	size_t count = 0;
	if (failures < FAILURES_MAX)
		return OK;
	enum status status = server_models(a->model->server, &models, &count, err);
	if (status)
		return fail_in(err, "the server failed %u times, and is gone", failures);
	*ret_gone = true;
	for (size_t i = 0; i < count; i++)
		*ret_gone = *ret_gone && strcmp(models[i].name, a->model->about.name) != 0;
	free(models);
	if (*ret_gone)
		run_say(a->run, "%s is not there any more: the rest of its tasks is left out", a->model->about.name);
	return OK;
}

static void count_time(struct run *r, int64_t took_ns)
{
	r->asking_ns += took_ns;
	r->answers++;
	if (r->answers_left > 0)
		r->answers_left--;
	r->state.left_ns = r->asking_ns / r->answers * (int64_t)r->answers_left;
}

static enum status answer(struct asking *a, unsigned *failures, struct error *err)
{
	enum { SAID_MAX = 16 << 20 };
	struct run *r = a->run;
	int64_t from = clock_mono();
	struct run_job *job = must_alloc(1, sizeof *job);
	*job = (struct run_job){.model = a->model->about.name, .task = a->task, .sample = a->sample,
				.seed = r->settings->seed + a->sample, .asked = asked_nothing(), .said = text_make(SAID_MAX)};
	a->until_ns = from + r->settings->timeout_ms * CLOCK_MILLISECOND;
	r->state.tokens_per_s = 0;
	run_pool_counts(r->pool, &r->state.judged, &r->state.passed);
	r->order->tick(r->order->context, &r->state);
	enum status status = a->task->suite == TASK_AGENT ? ask_agent(a, job, err) : ask_once(a, job, err);
	if (status) {
		run_job_free(job);
		return status;
	}
	count_time(r, clock_mono() - from);
	r->cut += job->asked.end == SERVER_LENGTH;
	*failures = job->verdict.outcome == OUTCOME_SERVER_ERROR ? *failures + 1 : 0;
	return run_pool_put(r->pool, job, err);
}

enum status run_answers(struct run *r, const struct run_model *m, struct error *err)
{
	unsigned failures = 0;
	bool gone = false;
	enum status status = OK;
	r->said_full = false;
	r->cut = 0;
	r->state.model = m->about.name;
	r->state.tasks = r->tasks.chosen_count * r->settings->samples;
	run_pool_reset(r->pool);
	for (size_t i = 0; i < r->tasks.chosen_count; i++)
		for (unsigned sample = 0; sample < r->settings->samples; sample++) {
			struct asking a = {r, m, r->tasks.chosen[i], sample, 0};
			if (run_interrupts() || gone || status)
				break;
			r->state.task = i * r->settings->samples + sample + 1;
			if (record_has(&r->before.answered, m->about.name, a.task->id, sample))
				continue;
			status = answer(&a, &failures, err);
			if (!status)
				status = check_server(&a, failures, &gone, err);
		}
	if (r->cut)
		run_say(r, "%s: a limit of tokens ended %zu of its answers (--tokens-max, --context)", m->about.name, r->cut);
	/* before the next one loads: what is said of this one is then said of all of it */
	return status || run_interrupts() > 1 ? status : run_pool_drain(r->pool, err);
}
