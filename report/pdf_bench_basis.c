/* SPDX-License-Identifier: Apache-2.0 */
/*
 * What the figures of the benchmark rest on, and what they can be held against.
 */
#include "report/bench_words.h"
#include "report/pdf_bench.h"
#include "report/pdf_rows.h"
#include "report/pdf_words.h"

static void add_outcomes(struct page_table *t, sqlite3_stmt *q)
{
	pdf_rows_columns(t, q, 0, 1);
	for (int i = 2; i < 10; i++)
		pdf_add_number(page_table_cell(t), store_i64(q, i));
	page_table_row(t);
}

/* A sentence for each model of which a limit of tokens decided something. */
static enum status add_limits(struct pdf *d, struct error *err)
{
	enum { MODELS_MAX = 64 };
	bool row = true;
	enum status status = OK;
	sqlite3_stmt *q = store_query(d->store, QUERY_REPORT_BENCH_LIMITS);
	store_bind_i64(q, 1, MODELS_MAX);
	while (!status && !(status = store_step(q, &row, err)) && row) {
		AUTO_TEXT struct text t = text_make(4096);
		pdf_add_column(&t, q, BENCH_LIMIT_MODEL);
		text_add_string(&t, ": ");
		bench_words_limit(q, &t);
		text_add_char(&t, '.');
		page_text(&d->page, PAGE_SMALL, text_string(&t));
	}
	sqlite3_reset(q);
	return status;
}

enum status pdf_bench_outcomes(struct pdf *d, struct error *err)
{
	static const struct page_column columns[] = {
		PAGE_COLUMN("Model", 0.2, PAGE_CELL_BOLD), PAGE_COLUMN("Suite", 0.1, PAGE_CELL), PAGE_NUMBERS("Passed", 0.08),
		PAGE_NUMBERS("Failed", 0.08), PAGE_NUMBERS("Crashed", 0.09), PAGE_NUMBERS("Syntax", 0.08),
		PAGE_NUMBERS("Time, memory", 0.1), PAGE_NUMBERS("No answer", 0.09), PAGE_NUMBERS("Cut, slow", 0.09),
		PAGE_NUMBERS("Server", 0.09),
	};
	enum status status = pdf_rows(d, "What became of the answers", QUERY_REPORT_BENCH_OUTCOMES, columns, LENGTH(columns),
				      add_outcomes, err);
	return status ? status : add_limits(d, err);
}

static void add_pair(struct page_table *t, sqlite3_stmt *q)
{
	enum { A, B, SET, TASKS, BOTH, ONLY_A, ONLY_B, NEITHER, EXACT, MID };
	pdf_rows_columns(t, q, A, SET);
	static const int numbers[] = {TASKS, BOTH, ONLY_A, ONLY_B};
	for (size_t i = 0; i < LENGTH(numbers); i++)
		pdf_add_number(page_table_cell(t), store_i64(q, numbers[i]));
	text_addf(page_table_cell(t), "%.2g", store_real(q, EXACT));
	text_addf(page_table_cell(t), "%.2g", store_real(q, MID));
	page_table_row(t);
}

enum status pdf_bench_pairs(struct pdf *d, struct error *err)
{
	static const struct page_column columns[] = {
		PAGE_COLUMN("First", 0.22, PAGE_CELL), PAGE_COLUMN("Second", 0.22, PAGE_CELL), PAGE_COLUMN("Suite", 0.1, PAGE_CELL),
		PAGE_NUMBERS("Tasks", 0.07), PAGE_NUMBERS("Both", 0.07), PAGE_NUMBERS("First alone", 0.08),
		PAGE_NUMBERS("Second alone", 0.08), PAGE_NUMBERS("p, exact", 0.08), PAGE_NUMBERS("p, mid", 0.08),
	};
	enum status status = pdf_rows(d, "Two models on the same tasks (McNemar)", QUERY_REPORT_BENCH_PAIRS, columns, LENGTH(columns),
				      add_pair, err);
	page_text(&d->page, PAGE_SMALL, "Two-sided, by the first answer of each; not corrected for how many pairs there are.");
	return status;
}

static void add_proof(struct page_table *t, sqlite3_stmt *q)
{
	enum { NAME = 1, TRIED, HELD, DETAIL };
	pdf_rows_columns(t, q, NAME, TRIED);
	text_add_string(page_table_cell(t), store_i64(q, HELD) ? "held" : "DID NOT HOLD");
	pdf_rows_columns(t, q, DETAIL, DETAIL);
	page_table_row(t);
}

enum status pdf_bench_proofs(struct pdf *d, struct error *err)
{
	static const struct page_column columns[] = {
		PAGE_COLUMN("Proof", 0.16, PAGE_CELL_BOLD),
		PAGE_COLUMN("What was tried inside", 0.42, PAGE_CELL),
		PAGE_COLUMN("The sandbox", 0.14, PAGE_CELL_BOLD),
		PAGE_COLUMN("What came of it", 0.28, PAGE_CELL),
	};
	return pdf_rows(d, "The sandbox that the models' code ran in", QUERY_REPORT_BENCH_PROOFS, columns, LENGTH(columns), add_proof, err);
}

static void add_published(struct page_table *t, sqlite3_stmt *q)
{
	enum { MODEL, BENCHMARK, VARIANT, SHARE, PRECISION, MODE, DATE, TITLE, OURS, LOW, HIGH, QUANTISATION };
	pdf_rows_columns(t, q, MODEL, MODEL);
	pdf_rows_columns(t, q, VARIANT, VARIANT);
	struct text *cell = page_table_cell(t);
	if (!store_is_null(q, SHARE))
		text_addf(cell, "%.1f %%", 100 * store_real(q, SHARE));
	pdf_rows_columns(t, q, PRECISION, PRECISION);
	cell = page_table_cell(t);
	if (!store_is_null(q, OURS))
		text_addf(cell, "%.1f %% (%.1f-%.1f)", 100 * store_real(q, OURS), 100 * store_real(q, LOW), 100 * store_real(q, HIGH));
	cell = page_table_cell(t);
	pdf_add_column(cell, q, TITLE);
	if (!store_is_null(q, DATE)) {
		text_add_string(cell, ", ");
		pdf_add_column(cell, q, DATE);
	}
	page_table_row(t);
}

enum status pdf_bench_published(struct pdf *d, struct error *err)
{
	static const struct page_column columns[] = {
		PAGE_COLUMN("Model", 0.28, PAGE_CELL_BOLD), PAGE_COLUMN("Benchmark", 0.14, PAGE_CELL), PAGE_NUMBERS("Published", 0.09),
		PAGE_COLUMN("Precision", 0.1, PAGE_CELL), PAGE_NUMBERS("Here", 0.14), PAGE_COLUMN("Where it was published", 0.25, PAGE_CELL),
	};
	enum status status = pdf_rows(d, "What was published of the models of the tiers", QUERY_REPORT_BENCH_PUBLISHED, columns,
					LENGTH(columns), add_published, err);
	page_text(&d->page, PAGE_SMALL, "Published figures are mostly of BF16 weights, by other prompts and on other machines; a tier runs "
					"Q4. HumanEval+ and MBPP+ have more tests than what is run here. \"None known\": none was found "
					"in a publication of its makers.");
	return status;
}
