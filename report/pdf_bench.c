/* SPDX-License-Identifier: Apache-2.0 */
/*
 * What the benchmark of models found: figures with their uncertainty, and what they rest on.
 */
#include "report/bench.h"
#include "report/bench_words.h"
#include "report/chart_bench.h"
#include "report/pdf_bench.h"
#include "report/pdf_rows.h"
#include "report/pdf_words.h"

static void add_verdict(struct page_table *t, sqlite3_stmt *q)
{
	enum { MODEL = 1, WORST, CRITERIA, VERDICT, WHY, REMEDY };
	pdf_rows_columns(t, q, MODEL, MODEL);
	pdf_rows_columns(t, q, VERDICT, VERDICT);
	pdf_rows_columns(t, q, CRITERIA, CRITERIA);
	struct text *cell = page_table_cell(t);
	pdf_add_column(cell, q, WHY);
	if (store_slice(q, REMEDY).size) {
		text_add_string(cell, "\nWhat to do: ");
		pdf_add_column(cell, q, REMEDY);
	}
	page_table_row(t);
}

static enum status draw_verdicts(struct pdf *d, struct error *err)
{
	static const struct page_column columns[] = {
		PAGE_COLUMN("Model", 0.2, PAGE_CELL_BOLD),
		PAGE_COLUMN("Verdict", 0.14, PAGE_CELL_BOLD),
		PAGE_COLUMN("By", 0.18, PAGE_CELL),
		PAGE_COLUMN("Why", 0.48, PAGE_CELL),
	};
	return pdf_rows(d, "Good enough by the policy", QUERY_REPORT_BENCH_REASONS, columns, LENGTH(columns), add_verdict, err);
}

static void add_run(struct page_table *t, sqlite3_stmt *q)
{
	struct bench_words w;
	bench_words_of(q, &w);
	struct text *cell = page_table_cell(t);
	pdf_add_column(cell, q, BENCH_MODEL);
	if (!store_is_null(q, BENCH_QUANTISATION)) {
		text_add_char(cell, '\n');
		pdf_add_column(cell, q, BENCH_QUANTISATION);
	}
	pdf_rows_columns(t, q, BENCH_SET, BENCH_SET);
	const char *const words[] = {w.passed, w.share, w.rate, w.first, w.memory};
	for (size_t i = 0; i < LENGTH(words); i++)
		text_add_string(page_table_cell(t), words[i]);
	pdf_rows_columns(t, q, BENCH_SUITE_VERDICT, BENCH_SUITE_VERDICT);
	page_table_row(t);
}

static enum status draw_runs(struct pdf *d, struct error *err)
{
	static const struct page_column columns[] = {
		PAGE_COLUMN("Model", 0.2, PAGE_CELL_BOLD),
		PAGE_COLUMN("Suite", 0.09, PAGE_CELL),
		PAGE_NUMBERS("Passed", 0.08),
		PAGE_NUMBERS("pass@1 (95 %)", 0.18),
		PAGE_NUMBERS("Tokens/s", 0.08),
		PAGE_NUMBERS("First token", 0.07),
		PAGE_NUMBERS("Graphics memory", 0.16),
		PAGE_COLUMN("Verdict", 0.14, PAGE_CELL_BOLD),
	};
	return pdf_rows(d, "Models and suites", QUERY_REPORT_BENCH_RUNS, columns, LENGTH(columns), add_run, err);
}

static void add_parts(struct page_table *t, sqlite3_stmt *q)
{
	pdf_rows_columns(t, q, 0, 8);
	page_table_row(t);
}

static enum status draw_parts(struct pdf *d, struct error *err)
{
	static const struct page_column columns[] = {
		PAGE_COLUMN("Model", 0.24, PAGE_CELL_BOLD), PAGE_COLUMN("Suite", 0.11, PAGE_CELL), PAGE_NUMBERS("Python", 0.09),
		PAGE_NUMBERS("C", 0.09), PAGE_NUMBERS("JavaScript", 0.11), PAGE_NUMBERS("Shell", 0.09), PAGE_NUMBERS("Easy", 0.09),
		PAGE_NUMBERS("Middle", 0.09), PAGE_NUMBERS("Hard", 0.09),
	};
	return pdf_rows(d, "By language and difficulty", QUERY_REPORT_BENCH_PARTS, columns, LENGTH(columns), add_parts, err);
}

/* "39.8 ± 0.1"; nothing where it is not known. */
static void add_mean(struct page_table *t, sqlite3_stmt *q, int mean, int sd, double unit)
{
	struct text *cell = page_table_cell(t);
	if (store_is_null(q, mean))
		return;
	text_addf(cell, "%.3g", store_real(q, mean) / unit);
	if (sd && !store_is_null(q, sd))
		text_addf(cell, " ± %.2g", store_real(q, sd) / unit);
}

static void add_speed(struct page_table *t, sqlite3_stmt *q)
{
	enum { MODEL, REPEATS, FROM, RATE, RATE_SD, RATE_P95, FIRST, FIRST_SD, FIRST_P95, PROMPT, LOAD, JOULES };
	pdf_rows_columns(t, q, MODEL, FROM);
	add_mean(t, q, RATE, RATE_SD, 1);
	add_mean(t, q, RATE_P95, 0, 1);
	add_mean(t, q, FIRST, FIRST_SD, 1000);
	add_mean(t, q, FIRST_P95, 0, 1000);
	add_mean(t, q, PROMPT, 0, 1);
	add_mean(t, q, LOAD, 0, 1000);
	add_mean(t, q, JOULES, 0, 1);
	page_table_row(t);
}

static enum status draw_speed(struct pdf *d, struct error *err)
{
	static const struct page_column columns[] = {
		PAGE_COLUMN("Model", 0.2, PAGE_CELL_BOLD), PAGE_NUMBERS("Repeats", 0.08), PAGE_COLUMN("Clock", 0.07, PAGE_CELL),
		PAGE_NUMBERS("Tokens/s", 0.13), PAGE_NUMBERS("95 % reach", 0.08), PAGE_NUMBERS("First token, s", 0.13),
		PAGE_NUMBERS("95 % below", 0.08), PAGE_NUMBERS("Prompt tokens/s", 0.08), PAGE_NUMBERS("Load, s", 0.07),
		PAGE_NUMBERS("J a token", 0.08),
	};
	return pdf_rows(d, "Speed: mean and standard deviation", QUERY_REPORT_BENCH_SPEED, columns, LENGTH(columns), add_speed, err);
}

static void add_settings(struct text *t, sqlite3_stmt *q)
{
	enum { SOURCE, TOOL, TIME, TASKS, SAMPLES, SUITES, SEED, TEMPERATURE, CONTEXT, TOKENS, TIMEOUT, REPEATS, MODE, LANGUAGES, SANDBOX };
	pdf_add_column(t, q, SOURCE);
	text_add_string(t, ", begun ");
	pdf_add_time(t, store_i64(q, TIME));
	text_addf(t, ": %lld %s, %lld %s to each; prompts as %s, seed %lld, temperature %g, context %lld, at most %lld tokens; ",
		  (long long)store_i64(q, TASKS), text_plural((uint64_t)store_i64(q, TASKS), "task", "tasks"),
		  (long long)store_i64(q, SAMPLES), text_plural((uint64_t)store_i64(q, SAMPLES), "answer", "answers"),
		  store_text(q, MODE), (long long)store_i64(q, SEED), store_real(q, TEMPERATURE), (long long)store_i64(q, CONTEXT), (long long)store_i64(q, TOKENS));
	text_add_string(t, "sandbox: ");
	pdf_add_column(t, q, SANDBOX);
	text_add_string(t, store_i64(q, 18) ? "." : ". It did not come to its end.");
}

static enum status draw_words(struct pdf *d, struct error *err)
{
	bool row = true;
	enum status status = OK;
	sqlite3_stmt *q = store_query(d->store, QUERY_REPORT_BENCH_SETTINGS);
	while (!status && !(status = store_step(q, &row, err)) && row) {
		AUTO_TEXT struct text t = text_make(PAGE_TEXT_MAX);
		add_settings(&t, q);
		page_item(&d->page, "–", PAGE_BODY, text_string(&t));
	}
	sqlite3_reset(q);
	page_item(&d->page, "–", PAGE_BODY,
		  "pass@1 is the share of answers that passed hidden tests, with its 95 % interval (Wilson); what the server failed to "
		  "give is left out and counted. Speed is the mean over the repeats but the cold one; a star is our own clock, where the "
		  "server tells none.");
	page_item(&d->page, "–", PAGE_BODY,
		  "These figures are about models on this machine. Whether anything left it is the verdict on the first page, which "
		  "takes nothing from here.");
	return status;
}

enum status pdf_bench(struct pdf *d, struct error *err)
{
	static enum status (*const parts[])(struct pdf *, struct error *) = {
		draw_words, draw_verdicts, chart_shares, chart_qualities, draw_runs, draw_parts, draw_speed,
		pdf_bench_outcomes, pdf_bench_pairs,     pdf_bench_proofs,  pdf_bench_published,
	};
	bool there = false;
	enum status status = bench_there(d->store, &there, err);
	if (status || !there)
		return status;
	page_break(&d->page);
	page_heading(&d->page, "Local models");
	for (size_t i = 0; i < LENGTH(parts) && !status; i++)
		status = parts[i](d, err);
	return status;
}
