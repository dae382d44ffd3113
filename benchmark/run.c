/* SPDX-License-Identifier: Apache-2.0 */
#include "benchmark/run_parts.h"

#include "core/clock.h"

#include <signal.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

/* Set by the handler. */
static volatile sig_atomic_t interrupts;
static struct server *volatile asked;

static void on_signal(int signal)
{
	interrupts += signal == SIGINT ? 1 : 2;
	struct server *s = asked;
	if (interrupts > 1 && s)
		server_interrupt(s);
}

int run_interrupts(void)
{
	return interrupts;
}

/* From now on an interrupt reaches what this server is asked. */
static void interrupt_reaches(struct server *s)
{
	asked = s;
	if (interrupts > 1 && s)
		server_interrupt(s);
}

static void set_handlers(void)
{
	struct sigaction action = {.sa_handler = on_signal};
	interrupts = 0;
	sigaction(SIGINT, &action, NULL);
	sigaction(SIGTERM, &action, NULL);
	sigaction(SIGHUP, &action, NULL);
}

void run_say(const struct run *r, const char *format, ...)
{
	char text[1024];
	va_list args;
	va_start(args, format);
	vsnprintf(text, sizeof text, format, args);
	va_end(args);
	r->order->say(r->order->context, text);
}

/* Nothing that a model wrote runs before every proof has held. */
static enum status prove(struct run *r, struct error *err)
{
	struct confine_proof *proofs = NULL;
	size_t count = 0;
	const char *broken = NULL;
	enum status status = confine_prove(r->confine, &proofs, &count, err);
	for (size_t i = 0; i < count && !status; i++) {
		status = record_proof(r->record, &proofs[i], err);
		if (!proofs[i].held && !broken)
			broken = proofs[i].tried;
	}
	if (!status && (broken || count == 0))
		status = fail(err, ERR_UNAVAILABLE, "the sandbox is not closed (%s came through): no code of a model runs here",
			      broken ? broken : "nothing was tried, and nothing");
	if (!status)
		run_say(r, "the sandbox is closed, %zu of %zu %s held (%s)", count, count, text_plural(count, "proof", "proofs"),
			confine_described(r->confine));
	free(proofs);
	return status;
}

static enum status open_sandbox(struct run *r, struct error *err)
{
	enum status status = confine_open(&r->confine, err);
	return status ? status : judge_languages(r->confine, &r->languages, err);
}

static enum status choose_tasks(struct run *r, struct error *err)
{
	run_tasks_choose(r->settings, &r->languages, &r->tasks);
	for (size_t i = 0; i < TASK_LANGUAGES; i++)
		if (r->tasks.left_out[i])
			run_say(r, "%s is not in the sandbox: %zu %s left out", run_settings_language(i), r->tasks.left_out[i],
				text_plural(r->tasks.left_out[i], "task is", "tasks are"));
	if (r->tasks.chosen_count == 0)
		return fail(err, ERR_USAGE, "of these suites, languages and difficulties there is no task that can be done here");
	return OK;
}

/* What is resumed must be what was begun. */
static enum status open_record(struct run *r, struct error *err)
{
	if (!r->order->resumed_from)
		return record_create(r->order->folder, &r->record, err);
	enum status status = record_read(r->order->folder, &r->before, err);
	if (!status && strcmp(r->before.tasks_sha256, r->tasks.all.sha256) != 0)
		status = fail(err, ERR_MALFORMED, "%s: its tasks were others than those of today; what is measured with "
			      "both says nothing", r->order->resumed_from);
	return status ? status : record_continue(r->order->folder, &r->record, err);
}

/* What the figures will be held against is part of the record, so that whoever reads it
 * anew sees the same. */
static enum status write_published(struct run *r, struct error *err)
{
	if (r->order->published.size == 0 || r->order->resumed_from)
		return OK; /* one that is gone on with has it */
	struct published *p = must_alloc(1, sizeof *p);
	enum status status = published_read(r->order->published, p, err);
	for (size_t i = 0; i < p->count && !status; i++)
		status = record_published(r->record, &p->at[i], err);
	free(p);
	return status;
}

static enum status write_head(struct run *r, struct error *err)
{
	long cpus = sysconf(_SC_NPROCESSORS_ONLN);
	struct record_benchmark b = {
		.settings = r->settings,
		.tasks_sha256 = r->tasks.all.sha256,
		.sandbox = confine_described(r->confine),
		.languages = &r->languages,
		.tasks = r->tasks.chosen_count,
		.cpus = cpus > 0 ? (unsigned)cpus : 1,
		.resumed_from = r->order->resumed_from,
		.answers_before = r->before.answers,
	};
	enum status status = record_benchmark(r->record, &b, err);
	if (!status)
		r->pool = run_pool_start(r->confine, r->record, b.cpus);
	if (!status && b.resumed_from)
		run_say(r, "%zu %s there already, of which %zu passed", r->before.answers,
			text_plural(r->before.answers, "answer is", "answers are"), r->before.passed);
	return status;
}

static size_t answers_left(const struct run *r, const struct run_model *m)
{
	size_t left = 0;
	for (size_t i = 0; i < r->tasks.chosen_count; i++)
		for (unsigned s = 0; s < r->settings->samples; s++)
			left += !record_has(&r->before.answered, m->about.name, r->tasks.chosen[i]->id, s);
	return left;
}

/* Before it was interrupted: then it need not even be loaded. */
static bool is_done(const struct run *r, const struct run_model *m)
{
	return answers_left(r, m) == 0 && record_has(&r->before.answered, m->about.name, "", r->settings->repeats);
}

static enum status one_model(struct run *r, const struct run_model *m, struct error *err)
{
	double from, to;
	if (is_done(r, m))
		return OK;
	interrupt_reaches(m->server);
	run_say(r, "%s: loading it, and measuring how fast it is", m->about.name);
	enum status status = run_speed(r, m, err);
	int64_t wall = clock_mono();
	bool told = machine_meter_read(r->meter, &from);
	if (!status)
		status = run_answers(r, m, err);
	if (!status && told && machine_meter_read(r->meter, &to) && to >= from)
		status = record_energy(r->record, m->about.name, to - from, machine_meter_source(r->meter),
				       clock_mono() - wall, err);
	interrupt_reaches(NULL);
	return status;
}

/* Whoever has no server yet is told what it would be asked for. */
static enum status find_models(struct run *r, struct error *err)
{
	struct error why = {0};
	enum status status = run_machine(r, err);
	if (!status && run_models(r, &why)) {
		bool tell = r->server_count == 0 && r->tier && r->settings->model_count == 0;
		status = tell ? fail(err, why.status, "%s; the tier is %s, its model %s", why.text, r->tier->name, r->tier->model)
			      : fail(err, why.status, "%s", why.text);
	}
	return status;
}

static enum status go_through(struct run *r, struct error *err)
{
	enum status status = find_models(r, err);
	if (!status)
		status = run_machine_record(r, err);
	if (!status)
		status = run_models_record(r, err);
	if (!status)
		status = prove(r, err);
	for (size_t i = 0; i < r->model_count; i++)
		r->answers_left += answers_left(r, &r->models[i]);
	for (size_t i = 0; i < r->model_count && !status && !run_interrupts(); i++)
		status = one_model(r, &r->models[i], err);
	return status;
}

/* What was answered is judged and recorded, whatever else went wrong. */
static enum status finish(struct run *r, enum status status, enum run_end *ret, struct error *err)
{
	struct error later = {0};
	bool at_once = interrupts > 1;
	*ret = interrupts ? RUN_INTERRUPTED : RUN_COMPLETE;
	if (r->pool && !at_once && run_pool_drain(r->pool, &later) && !status)
		status = fail(err, later.status, "%s", later.text);
	run_pool_end(r->pool, at_once);
	/* an interrupted question is no failure */
	if (at_once && status == ERR_UNAVAILABLE)
		status = OK;
	if (r->record && record_end(r->record, !status && !interrupts, interrupts > 0, &later) && !status)
		status = fail(err, later.status, "%s", later.text);
	if (r->record && !at_once && record_close(r->record, &later) && !status)
		status = fail(err, later.status, "%s", later.text);
	if (!status && err)
		err->status = OK;
	return status;
}

static void free_run(struct run *r)
{
	for (size_t i = 0; i < r->server_count; i++)
		server_close(r->servers[i]);
	text_free(&r->machine_notes);
	run_tasks_free(&r->tasks);
	record_before_free(&r->before);
	confine_close(r->confine);
	machine_meter_close(r->meter);
	free(r);
}

enum status run_benchmark(const struct run_order *order, enum run_end *ret, struct error *err)
{
	struct run *r = must_alloc(1, sizeof *r);
	r->order = order;
	r->settings = order->settings;
	r->state.left_ns = -1;
	r->meter = machine_meter_open("/sys", "/proc", MACHINE_NVML);
	set_handlers();
	enum status status = run_tasks_load(r->settings, &r->tasks.all, err);
	if (!status)
		status = open_sandbox(r, err);
	if (!status)
		status = choose_tasks(r, err);
	if (!status)
		status = open_record(r, err);
	if (!status)
		status = write_head(r, err);
	if (!status)
		status = write_published(r, err);
	if (!status)
		status = go_through(r, err);
	status = finish(r, status, ret, err);
	/* what still runs after a second interrupt looks at all of this until the process ends */
	if (interrupts < 2)
		free_run(r);
	return status;
}

enum status run_ready(const struct run_order *order, struct error *err)
{
	struct run *r = must_alloc(1, sizeof *r);
	r->order = order;
	r->settings = order->settings;
	r->meter = machine_meter_open("/sys", "/proc", MACHINE_NVML);
	enum status status = run_tasks_load(r->settings, &r->tasks.all, err);
	if (!status)
		status = confine_open(&r->confine, err);
	if (!status)
		status = find_models(r, err);
	free_run(r);
	return status;
}
