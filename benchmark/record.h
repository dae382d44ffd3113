/* SPDX-License-Identifier: Apache-2.0 */
#ifndef BENCHMARK_RECORD_H
#define BENCHMARK_RECORD_H

/*
 * bench/run.ndjson (airgap-verify-formats(5)): what a benchmark did, one JSON object a
 * line, only ever added to. Each line is on the disk before the next thing is done, so
 * that whatever ends the run leaves every answer that it had.
 */

#include "benchmark/asked.h"
#include "benchmark/judge.h"
#include "benchmark/machine.h"
#include "benchmark/published.h"
#include "benchmark/run_settings.h"

enum {
	RECORD_LINE_MAX = 1 << 20,
	RECORD_SAID_MAX = 160 << 10, /* bytes of a reply that are kept; each may take six in the file */
	RECORD_FILE_MAX = 1 << 30,
};

#define RECORD_NAME "run.ndjson"

struct record; /* several threads may write to it */

/* Makes the file in `folder`. */
enum status record_create(int folder, struct record **ret, struct error *err) MUST_CHECK;

/* Goes on with the one that is there; half a line at its end, of a run that broke off in
 * the middle of a write, is cut off. */
enum status record_continue(int folder, struct record **ret, struct error *err) MUST_CHECK;

/* Closes it; fails where something of it may not be on the disk. Frees it in any case. */
enum status record_close(struct record *r, struct error *err) MUST_CHECK;

struct record_benchmark {
	const struct run_settings *settings;
	const char *tasks_sha256, *sandbox;
	const struct judge_languages *languages;
	size_t tasks;
	unsigned cpus;
	const char *resumed_from; /* the folder; NULL: a new run */
	size_t answers_before;    /* that came from there */
};
struct record_machine {
	const struct machine *machine;
	const char *tier, *tier_from; /* tier: "" where there is none */
	uint64_t tier_bytes;
	const char *warning;
	struct slice notes; /* lines */
};
struct record_answer {
	const char *model;
	const struct task *task;
	unsigned sample;
	uint64_t seed;
	const struct asked *asked;
	struct slice said;
	const struct verdict_of_run *verdict;
};

enum status record_benchmark(struct record *r, const struct record_benchmark *b, struct error *err) MUST_CHECK;
enum status record_machine(struct record *r, const struct record_machine *m, struct error *err) MUST_CHECK;
enum status record_server(struct record *r, const struct server_about *s, struct error *err) MUST_CHECK;
enum status record_model(struct record *r, const struct server_model *m, const char *tier,
			 struct error *err) MUST_CHECK;
enum status record_published(struct record *r, const struct published_figure *f, struct error *err) MUST_CHECK;
enum status record_proof(struct record *r, const struct confine_proof *p, struct error *err) MUST_CHECK;
enum status record_loaded(struct record *r, const char *model, const struct server_loaded *l,
			  struct error *err) MUST_CHECK;
enum status record_speed(struct record *r, const char *model, unsigned repeat, const struct server_reply *reply,
			 double energy_joules, struct error *err) MUST_CHECK; /* energy: negative where not known */
enum status record_answer(struct record *r, const struct record_answer *a, struct error *err) MUST_CHECK;
enum status record_energy(struct record *r, const char *model, double joules, const char *source, int64_t wall_ns,
			  struct error *err) MUST_CHECK;
enum status record_end(struct record *r, bool complete, bool interrupted, struct error *err) MUST_CHECK;

/* What a record holds already. */
struct record_answered {
	char **keys; /* owned, sorted */
	size_t count, room;
};
struct record_before {
	struct run_settings settings;
	char tasks_sha256[65];
	struct record_answered answered; /* those of a server's failure are not among them */
	struct record_answered digests;  /* of the models whose server told one */
	size_t answers, passed;
	size_t left_out; /* lines that could not be read */
};

/* Reads `folder`/run.ndjson. Fails where it is no record, or one of another format. The
 * caller frees what it got. */
enum status record_read(int folder, struct record_before *ret, struct error *err) MUST_CHECK;
enum status record_parse(struct slice all, struct record_before *ret, struct error *err) MUST_CHECK; /* its bytes */
void record_before_free(struct record_before *b);

/* Is this sample of the task answered? With "" as the task: is this repeat measured? */
bool record_has(const struct record_answered *a, const char *model, const char *task, unsigned sample);

/* Was a model of this name recorded with another digest? */
bool record_has_other(const struct record_before *b, const char *model, const char *digest);

#endif
