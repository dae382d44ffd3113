/* SPDX-License-Identifier: Apache-2.0 */
#ifndef BENCHMARK_RUN_PARTS_H
#define BENCHMARK_RUN_PARTS_H

/*
 * What run.c is put together from.
 */

#include "benchmark/answer.h"
#include "benchmark/run.h"

struct run_pool; /* the threads that judge */

struct run_model {
	struct server_model about;
	struct server *server; /* not owned */
	char tier[32];
};

struct run {
	const struct run_order *order;
	const struct run_settings *settings;
	struct record *record;
	struct confine *confine;
	struct judge_languages languages;
	struct run_tasks tasks;
	struct record_before before; /* empty in a new run */
	struct machine machine;
	struct text machine_notes; /* owned: lines */
	struct tiers tiers;
	const struct tier *tier; /* NULL: none */
	const char *tier_from;
	uint64_t tier_bytes;
	uint64_t graphics_bytes; /* 0: it has none */
	char tier_warning[TIER_WARNING_MAX];
	struct machine_meter *meter;
	struct server *servers[RUN_SERVERS_MAX];
	size_t server_count;
	struct run_model models[RUN_MODELS_MAX];
	size_t model_count;
	struct run_pool *pool;
	struct run_state state;
	int64_t asking_ns, answers; /* that answers took so far, and how many */
	size_t answers_left;
	int64_t answer_from_ns, metered_ns;
	uint64_t room;  /* tokens of context that the model which is asked has; 0: not known */
	bool said_full; /* of this model */
	size_t cut;     /* answers of this model that a limit of tokens ended */
};

/* Tells people of it, by the order's own means; at most 1023 bytes. */
void run_say(const struct run *r, const char *format, ...) PRINTF_LIKE(2, 3);

/* 0, 1: finish what runs, 2: leave at once. */
int run_interrupts(void);

/* Opens the servers that are named, or the usual ones. */
enum status run_servers(struct run *r, struct error *err) MUST_CHECK;

/* The open one of that URL, however it is written; NULL: none is. */
struct server *run_server_at(const struct run *r, const char *url);

/* What this machine has, with the tier that follows; then the servers and the models. */
enum status run_machine(struct run *r, struct error *err) MUST_CHECK;
enum status run_models(struct run *r, struct error *err) MUST_CHECK;

/* The same, into the record. */
enum status run_machine_record(struct run *r, struct error *err) MUST_CHECK;
enum status run_models_record(struct run *r, struct error *err) MUST_CHECK;

/* Loads the model and measures how fast it is. */
enum status run_speed(struct run *r, const struct run_model *m, struct error *err) MUST_CHECK;

/* Every task that `m` has not answered yet. */
enum status run_answers(struct run *r, const struct run_model *m, struct error *err) MUST_CHECK;

/* An answer on its way to be judged. All of it is the job's. */
struct run_job {
	const char *model; /* not owned */
	const struct task *task; /* not owned */
	unsigned sample;
	uint64_t seed;
	struct asked asked;
	struct text said;
	struct task_files files;
	struct verdict_of_run verdict; /* not OUTCOME_PASSED: there is nothing to judge */
};
void run_job_free(struct run_job *job);

/* `threads` of them; at most twice as many jobs wait. */
struct run_pool *run_pool_start(struct confine *confine, struct record *record, unsigned threads);

/* Takes the job over; waits while there are too many. Fails where judging or the record
 * failed. */
enum status run_pool_put(struct run_pool *p, struct run_job *job, struct error *err) MUST_CHECK;
void run_pool_counts(struct run_pool *p, size_t *ret_judged, size_t *ret_passed); /* since the last reset */
void run_pool_reset(struct run_pool *p);

/* Waits for all jobs. */
enum status run_pool_drain(struct run_pool *p, struct error *err) MUST_CHECK;

/* Ends the threads; with `at_once` the jobs that wait are dropped, and what is being judged
 * is not waited for nor recorded. */
void run_pool_end(struct run_pool *p, bool at_once);

#endif
