/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The application's own audit logs against what the machine saw.
 */
#include "report/page_table.h"
#include "report/pdf.h"
#include "report/pdf_words.h"

/* Its clock beside the machine's, where that is not as it should be. */
static void add_clock(struct text *cell, sqlite3_stmt *q)
{
	enum { STATE = 15, OFFSET, DRIFT, SPREAD, PAIRS, CONFIDENCE };
	if (slice_is(store_slice(q, STATE), "shifted")) {
		text_addf(cell, "\nclock: %+.1f s%s, by %lld %s (confidence ", (double)store_i64(q, OFFSET) / 1e9,
			  store_i64(q, DRIFT) ? ", drifting" : "", (long long)store_i64(q, PAIRS),
			  text_plural((uint64_t)store_i64(q, PAIRS), "entry", "entries"));
		pdf_add_column(cell, q, CONFIDENCE);
		text_add_char(cell, ')');
	} else if (slice_is(store_slice(q, STATE), "unknown")) {
		text_add_string(cell, "\nclock: no entry tells it");
	}
}

static void add_log_row(struct page_table *t, sqlite3_stmt *q)
{
	pdf_add_column(page_table_cell(t), q, 0);
	struct text *cell = page_table_cell(t);
	pdf_add_column(cell, q, 1);
	if (!store_is_null(q, 11)) {
		text_add_string(cell, "\nproblem: ");
		pdf_add_column(cell, q, 11);
	}
	if (!store_is_null(q, 12)) {
		text_add_string(cell, "\nread by: ");
		pdf_add_column(cell, q, 12);
	}
	if (!store_is_null(q, 13)) {
		text_add_string(cell, "\ntimes: ");
		pdf_add_column(cell, q, 13);
		text_add_string(cell, ", ");
		pdf_add_column(cell, q, 14);
	}
	add_clock(cell, q);
	pdf_add_column(page_table_cell(t), q, 3);
	pdf_add_column(page_table_cell(t), q, 4);
	for (int column = 7; column <= 10; column++)
		pdf_add_number(page_table_cell(t), store_i64(q, column));
	page_table_row(t);
}

static enum status draw_logs(struct pdf *d, struct error *err)
{
	static const struct page_column columns[] = {
		PAGE_COLUMN("Application", 0.13, PAGE_CELL),
		PAGE_COLUMN("Log", 0.35, PAGE_CELL),
		PAGE_COLUMN("Role", 0.08, PAGE_CELL),
		PAGE_COLUMN("Change", 0.12, PAGE_CELL),
		PAGE_NUMBERS("Lines", 0.08),
		PAGE_NUMBERS("Events", 0.08),
		PAGE_NUMBERS("Other", 0.08),
		PAGE_NUMBERS("Unread", 0.08),
	};
	bool row = true;
	enum status status = OK;
	struct page_table t;
	page_table_begin(&t, &d->page, columns, LENGTH(columns));
	sqlite3_stmt *q = store_query(d->store, QUERY_REPORT_APP_LOGS);
	store_bind_i64(q, 1, PDF_ROWS_MAX);
	while (!status && !(status = store_step(q, &row, err)) && row)
		add_log_row(&t, q);
	sqlite3_reset(q);
	page_table_end(&t);
	return status;
}

static enum status draw_outcomes(struct pdf *d, struct error *err)
{
	static const struct page_column columns[] = {PAGE_COLUMN("Outcome", 0.16, PAGE_CELL_BOLD),
						     PAGE_NUMBERS("Count", 0.1),
						     PAGE_COLUMN("Meaning", 0.74, PAGE_CELL)};
	static const struct {
		const char *outcome, *meaning;
	} meanings[] = {
		{"confirmed", "the machine and the log tell the same"},
		{"unreported", "the machine saw it, the log does not say so"},
		{"unobserved",
		 "the log claims an attempt that no witness saw; to be expected where "
		 "the application stops it before the kernel is asked"},
		{"contradicted", "the log says one thing, the machine saw another"},
		{"unattributed", "packets that no process explains"},
	};
	bool row = true;
	unsigned rows = 0;
	enum status status = OK;
	struct page_table t;
	sqlite3_stmt *q = store_query(d->store, QUERY_REPORT_MATCHES);
	while (!status && !(status = store_step(q, &row, err)) && row) {
		if (rows++ == 0) {
			page_subheading(&d->page, "Outcome of the cross-check");
			page_table_begin(&t, &d->page, columns, LENGTH(columns));
		}
		pdf_add_column(page_table_cell(&t), q, 0);
		pdf_add_number(page_table_cell(&t), store_i64(q, 1));
		struct text *cell = page_table_cell(&t);
		for (size_t i = 0; i < LENGTH(meanings); i++)
			if (slice_is(store_slice(q, 0), meanings[i].outcome))
				text_add_string(cell, meanings[i].meaning);
		page_table_row(&t);
	}
	sqlite3_reset(q);
	if (rows)
		page_table_end(&t);
	return status;
}

/* What the machine saw of it: an attempt, else a flow of packets. */
static void add_machine(struct pdf *d, struct text *t, sqlite3_stmt *q)
{
	int first = !store_is_null(q, 1) ? 1 : 8;
	if (store_is_null(q, first)) {
		text_add_string(t, "nothing");
		return;
	}
	if (store_i64(q, 18) > 1)
		text_addf(t, "%lld times, first ", (long long)store_i64(q, 18));
	pdf_add_clock(t, store_i64(q, first), d->facts->from_ns);
	text_add_char(t, ' ');
	if (first == 1) {
		pdf_add_process(t, q, 2, 3);
		text_add_char(t, ' ');
	}
	pdf_add_column(t, q, first == 1 ? 4 : 9);
	text_add_char(t, ' ');
	pdf_add_endpoint(t, q, first == 1 ? 5 : 10, first == 1 ? 6 : 11);
	if (first == 1) {
		text_add_char(t, ' ');
		pdf_add_column(t, q, 7);
	}
}

static void add_claim(struct pdf *d, struct text *t, sqlite3_stmt *q)
{
	if (store_is_null(q, 12)) {
		text_add_string(t, "nothing");
		return;
	}
	pdf_add_clock(t, store_i64(q, 12), d->facts->from_ns);
	text_add_char(t, ' ');
	pdf_add_column(t, q, 16);
	text_add_string(t, ", ");
	pdf_add_column(t, q, 14);
	text_addf(t, " line %lld: ", (long long)store_i64(q, 15));
	pdf_add_column(t, q, 17);
}

static enum status draw_differences(struct pdf *d, struct error *err)
{
	static const struct page_column columns[] = {
		PAGE_COLUMN("Outcome", 0.13, PAGE_CELL_BOLD),
		PAGE_COLUMN("What the machine saw", 0.37, PAGE_CELL),
		PAGE_COLUMN("What the log says", 0.5, PAGE_CELL)};
	bool row = true;
	int64_t all = 0;
	enum status status = OK;
	struct page_table t;
	sqlite3_stmt *q = store_query(d->store, QUERY_REPORT_MISMATCH_GROUPS);
	store_bind_i64(q, 1, PDF_ROWS_MAX);
	while (!status && !(status = store_step(q, &row, err)) && row) {
		if (all == 0) {
			page_subheading(&d->page, "Differences");
			page_table_begin(&t, &d->page, columns, LENGTH(columns));
		}
		all = store_i64(q, 19);
		struct text *cell = page_table_cell(&t);
		pdf_add_column(cell, q, 0);
		if (!store_is_null(q, 20)) {
			text_add_string(cell, "\nrule ");
			pdf_add_column(cell, q, 20);
		}
		if (!store_is_null(q, 21))
			text_addf(cell, "\nevent:%lld", (long long)store_i64(q, 21));
		add_machine(d, page_table_cell(&t), q);
		add_claim(d, page_table_cell(&t), q);
		page_table_row(&t);
	}
	sqlite3_reset(q);
	if (all > 0)
		page_table_end(&t);
	if (all > PDF_ROWS_MAX)
		page_textf(&d->page, PAGE_BODY, "and %lld more %s, in the workbook and in audit.db, view v_match.",
			   (long long)(all - PDF_ROWS_MAX), text_plural((uint64_t)(all - PDF_ROWS_MAX), "row", "rows"));
	if (all > 0)
		page_text(&d->page, PAGE_BODY, "Both records of a row, and why its rule decided: "
			  "airgap-verify crosscheck --explain event:N (or attempt:N, flow:N).");
	return status;
}

enum status pdf_applog(struct pdf *d, struct error *err)
{
	enum status status = OK;
	page_heading(&d->page, "Cross-check with the application's log");
	if (d->facts->count[COUNT_APP_LOGS] == 0)
		page_text(&d->page, PAGE_BODY, "No log of the application was read.");
	else
		status = draw_logs(d, err);
	if (!status)
		status = draw_outcomes(d, err);
	return status ? status : draw_differences(d, err);
}
