/* SPDX-License-Identifier: Apache-2.0 */
#include "report/bench.h"

#include "report/bench_words.h"

#include <stdio.h>
#include <string.h>

enum { ROWS_MAX = 10000, PAIRS_MAX = 200, NAME_WIDTH = 36, SHOWN_MAX = 400, LAST_MAX = 2048 };

static const char red[] = "\033[1;31m", green[] = "\033[1;32m", yellow[] = "\033[1;33m", plain[] = "\033[0m";

struct printing {
	struct store *store;
	const struct bench_request *request;
	struct text *out;
	bool by_runner; /* a rate by the runner's clock was told */
	char last[LAST_MAX]; /* the model of the row before, with its file */
};

typedef void print_row(struct printing *p, sqlite3_stmt *q);

static enum status each(struct printing *p, enum query query, int64_t limit, print_row *print, struct error *err)
{
	bool row = true;
	enum status status = OK;
	sqlite3_stmt *q = store_query(p->store, query);
	if (limit)
		store_bind_i64(q, 1, limit);
	while (!status && !(status = store_step(q, &row, err)) && row)
		print(p, q);
	sqlite3_reset(q);
	return status;
}

/* A column of the table: cut, and padded to its width in characters. */
static void add_cell(struct printing *p, struct slice text, size_t width)
{
	AUTO_TEXT struct text cell = text_make(8 * SHOWN_MAX);
	text_add_printable(&cell, text, width > 2 ? width - 2 : width);
	size_t shown = 0;
	for (struct cursor c = cursor_over(text_slice(&cell)); cursor_left(&c) > 0;)
		shown += (cursor_u8(&c) & 0xc0) != 0x80;
	text_add(p->out, text_slice(&cell));
	do
		text_add_char(p->out, ' ');
	while (++shown < width);
}

static void add_column(struct printing *p, sqlite3_stmt *q, int at)
{
	text_add_printable(p->out, store_slice(q, at), SHOWN_MAX);
}

static void print_settings(struct printing *p, sqlite3_stmt *q)
{
	enum { SOURCE, TOOL, TIME, TASKS, SAMPLES, SUITES, SEED, TEMPERATURE, COMPLETE = 18, MODELS };
	text_add_string(p->out, "Benchmark  ");
	add_column(p, q, SOURCE);
	text_addf(p->out, ": %lld %s, %lld %s, %lld %s each, seed %lld, temperature %g%s\n", (long long)store_i64(q, MODELS),
		  text_plural((uint64_t)store_i64(q, MODELS), "model", "models"), (long long)store_i64(q, TASKS),
		  text_plural((uint64_t)store_i64(q, TASKS), "task", "tasks"), (long long)store_i64(q, SAMPLES),
		  text_plural((uint64_t)store_i64(q, SAMPLES), "answer", "answers"), (long long)store_i64(q, SEED), store_real(q, TEMPERATURE),
		  store_i64(q, COMPLETE) ? "" : "; it did not come to its end");
}

static void print_machine(struct printing *p, sqlite3_stmt *q)
{
	enum { SOURCE, PROCESSOR, MEMORY, TIER, TIER_FROM, TIER_BYTES, WARNING, NOTES, GPUS, GPUS_TEXT };
	text_add_string(p->out, "Machine    ");
	add_column(p, q, store_is_null(q, GPUS_TEXT) ? PROCESSOR : GPUS_TEXT);
	if (store_is_null(q, GPUS_TEXT))
		text_add_string(p->out, ", no GPU");
	text_add_string(p->out, store_is_null(q, TIER) ? ", no tier" : ", tier ");
	add_column(p, q, TIER);
	text_add_char(p->out, '\n');
	if (store_is_null(q, WARNING))
		return;
	text_add_string(p->out, "           ");
	add_column(p, q, WARNING);
	text_add_char(p->out, '\n');
}

static enum status print_sandbox(struct printing *p, struct error *err)
{
	bool row;
	sqlite3_stmt *q = store_query(p->store, QUERY_BENCH_PROOF_COUNTS);
	enum status status = store_step(q, &row, err);
	if (!status && row) {
		text_addf(p->out, "Sandbox    %lld of %lld %s held", (long long)store_i64(q, 0), (long long)store_i64(q, 1),
			  text_plural((uint64_t)store_i64(q, 1), "proof", "proofs"));
		text_add_string(p->out, store_is_null(q, 2) ? "" : "; not: ");
		add_column(p, q, 2);
		text_add_char(p->out, '\n');
	}
	sqlite3_reset(q);
	return status;
}

static void add_verdict(struct printing *p, struct slice verdict)
{
	bool colour = p->request->colour && verdict.size > 0;
	if (colour)
		text_add_string(p->out, slice_is(verdict, "PASS") ? green : slice_is(verdict, "FAIL") ? red : yellow);
	text_add_printable(p->out, verdict.size ? verdict : SLICE("-"), SHOWN_MAX);
	if (colour)
		text_add_string(p->out, plain);
}

/* Is the row about another model than the one before? */
static bool is_next(struct printing *p, sqlite3_stmt *q, int source, int model)
{
	char name[LAST_MAX];
	snprintf(name, sizeof name, "%.512s\n%.1400s", store_text(q, source), store_text(q, model));
	bool next = strcmp(name, p->last) != 0;
	memcpy(p->last, name, sizeof name);
	return next;
}

/* Of QUERY_REPORT_BENCH_RUNS. What is the model's stands in its first row. */
static void print_run(struct printing *p, sqlite3_stmt *q)
{
	struct bench_words w;
	bool next = is_next(p, q, BENCH_SOURCE, BENCH_MODEL);
	bench_words_of(q, &w);
	add_cell(p, next ? store_slice(q, BENCH_MODEL) : SLICE(""), NAME_WIDTH);
	add_cell(p, store_slice(q, BENCH_SET), 11);
	text_addf(p->out, "%-8s %-21s %-9s %-8s %-19s ", w.passed, w.share, next ? w.rate : "", next ? w.first : "", next ? w.memory : "");
	add_verdict(p, store_slice(q, BENCH_SUITE_VERDICT));
	if (store_i64(q, BENCH_SERVER_ERRORS))
		text_addf(p->out, " (%lld failed on the server)", (long long)store_i64(q, BENCH_SERVER_ERRORS));
	text_add_char(p->out, '\n');
	p->by_runner |= slice_is(store_slice(q, BENCH_RATE_FROM), "runner");
}

static enum status print_runs(struct printing *p, struct error *err)
{
	text_addf(p->out, "\n%-*s %-10s %-8s %-21s %-9s %-8s %-19s %s\n", NAME_WIDTH - 1, "MODEL", "SUITE", "PASSED", "PASS@1 (95 %)", "TOKENS/S",
		  "FIRST", "VRAM", "VERDICT");
	enum status status = each(p, QUERY_REPORT_BENCH_RUNS, ROWS_MAX, print_run, err);
	if (p->by_runner)
		text_add_string(p->out, "* by our own clock: the server does not tell\n");
	text_add_char(p->out, '\n');
	return status;
}

static void print_group(struct printing *p, sqlite3_stmt *q)
{
	enum { MODEL, SET, GROUPED_BY, NAME, TASKS, SAMPLES, PASSED, SHARE, LOW, HIGH };
	if (store_is_null(q, SHARE))
		return;
	add_cell(p, store_slice(q, MODEL), NAME_WIDTH);
	add_cell(p, store_slice(q, SET), 11);
	add_cell(p, store_slice(q, NAME), 12);
	text_addf(p->out, "%4lld/%-5lld %5.1f %%  %.1f-%.1f %%\n", (long long)store_i64(q, PASSED), (long long)store_i64(q, SAMPLES),
		  100 * store_real(q, SHARE), 100 * store_real(q, LOW), 100 * store_real(q, HIGH));
}

/* What is wrong with a model, and more where more is asked for. */
static void print_reason(struct printing *p, sqlite3_stmt *q)
{
	enum { SOURCE, MODEL, WORST, CRITERIA, VERDICT, WHY, REMEDY };
	if (is_next(p, q, SOURCE, MODEL)) {
		add_column(p, q, MODEL);
		text_add_string(p->out, ": ");
		add_verdict(p, store_slice(q, WORST));
		text_add_char(p->out, '\n');
	}
	if (slice_is(store_slice(q, VERDICT), "PASS") && !p->request->verbose)
		return;
	text_addf(p->out, "  %s: %s: ", store_text(q, CRITERIA), store_text(q, VERDICT));
	add_column(p, q, WHY);
	text_add_char(p->out, '\n');
	if (store_slice(q, REMEDY).size) {
		text_add_string(p->out, "  → ");
		add_column(p, q, REMEDY);
		text_add_char(p->out, '\n');
	}
}

static enum status print_reasons(struct printing *p, struct error *err)
{
	size_t before = p->out->size;
	p->last[0] = 0;
	enum status status = each(p, QUERY_REPORT_BENCH_REASONS, ROWS_MAX, print_reason, err);
	if (p->out->size == before)
		text_add_string(p->out, "The policy has no thresholds ([bench]): these are figures, and no verdict.\n");
	text_add_char(p->out, '\n');
	return status;
}

/* Of all suites where there is more than one. */
static void print_pair(struct printing *p, sqlite3_stmt *q)
{
	enum { A, B, SET, TASKS, BOTH, ONLY_A, ONLY_B, NEITHER, EXACT, MID, SOURCE, OVERALL };
	if (!store_i64(q, OVERALL) && !p->request->verbose)
		return;
	add_column(p, q, A);
	text_add_string(p->out, " and ");
	add_column(p, q, B);
	text_addf(p->out, ", %s: %lld tasks, passed by the first alone %lld, by the second alone %lld; p = %.2g (McNemar)\n",
		  store_text(q, SET), (long long)store_i64(q, TASKS), (long long)store_i64(q, ONLY_A), (long long)store_i64(q, ONLY_B),
		  store_real(q, EXACT));
}

static void print_published(struct printing *p, sqlite3_stmt *q)
{
	enum { MODEL, BENCHMARK, VARIANT, SHARE, PRECISION, MODE, DATE, TITLE, OURS, LOW, HIGH, QUANTISATION, SOURCE, ASKED };
	if (!store_i64(q, ASKED) || store_is_null(q, SHARE))
		return;
	text_add_string(p->out, "published: ");
	add_column(p, q, MODEL);
	text_addf(p->out, ", %s: %.1f %% (%s", store_text(q, VARIANT), 100 * store_real(q, SHARE),
		  store_is_null(q, PRECISION) ? "precision not told" : store_text(q, PRECISION));
	text_addf(p->out, "; %s)", store_text(q, TITLE));
	if (!store_is_null(q, OURS))
		text_addf(p->out, "; here %.1f %%", 100 * store_real(q, OURS));
	text_add_char(p->out, '\n');
}

enum status bench_text(struct store *store, const struct bench_request *r, struct text *ret, struct error *err)
{
	struct printing p = {.store = store, .request = r, .out = ret};
	bool there = false;
	enum status status = bench_there(store, &there, err);
	if (status || !there)
		return status;
	status = each(&p, QUERY_REPORT_BENCH_SETTINGS, 0, print_settings, err);
	if (!status)
		status = each(&p, QUERY_REPORT_BENCH_MACHINES, 0, print_machine, err);
	if (!status)
		status = print_sandbox(&p, err);
	if (!status)
		status = print_runs(&p, err);
	if (!status && r->verbose)
		status = each(&p, QUERY_REPORT_BENCH_GROUPS, ROWS_MAX, print_group, err);
	if (!status)
		status = print_reasons(&p, err);
	if (!status)
		status = each(&p, QUERY_REPORT_BENCH_PAIRS, PAIRS_MAX, print_pair, err);
	return status ? status : each(&p, QUERY_REPORT_BENCH_PUBLISHED, ROWS_MAX, print_published, err);
}
