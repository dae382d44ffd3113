/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The files behind the report: what was skipped in them, their hashes, the
 * programs that ran, and where the signatures are.
 */
#include "report/page_table.h"
#include "report/pdf.h"
#include "report/retention.h"
#include "report/pdf_words.h"

enum { VALUE_MAX = 200 };

static void draw_more(struct pdf *d, int64_t all, const char *where)
{
	if (all > PDF_ROWS_MAX)
		page_textf(&d->page, PAGE_BODY, "and %lld more, in %s.",
			   (long long)(all - PDF_ROWS_MAX), where);
}

enum status pdf_skipped(struct pdf *d, struct error *err)
{
	static const struct page_column columns[] = {PAGE_COLUMN("File", 0.2, PAGE_CELL),
						     PAGE_COLUMN("Reason", 0.31, PAGE_CELL),
						     PAGE_NUMBERS("Count", 0.08),
						     PAGE_NUMBERS("First at", 0.08),
						     {"Example", 0.33, PAGE_CELL_MONO, false, 3}};
	bool row = true;
	enum status status = OK;
	page_subheading(&d->page, "Records that could not be read");
	if (d->facts->count[COUNT_SKIPPED] == 0) {
		page_text(&d->page, PAGE_BODY, "There are none.");
		return OK;
	}
	struct page_table t;
	page_table_begin(&t, &d->page, columns, LENGTH(columns));
	sqlite3_stmt *q = store_query(d->store, QUERY_REPORT_SKIPPED);
	store_bind_i64(q, 1, PDF_ROWS_MAX);
	while (!status && !(status = store_step(q, &row, err)) && row) {
		pdf_add_column(page_table_cell(&t), q, 0);
		pdf_add_column(page_table_cell(&t), q, 1);
		pdf_add_number(page_table_cell(&t), store_i64(q, 2));
		pdf_add_number(page_table_cell(&t), store_i64(q, 3));
		pdf_add_column(page_table_cell(&t), q, 4);
		page_table_row(&t);
	}
	sqlite3_reset(q);
	page_table_end(&t);
	return status;
}

static enum status draw_chain(struct pdf *d, struct error *err)
{
	bool row = true;
	enum status status = OK;
	AUTO_TEXT struct text t = text_make(VALUE_MAX * 32);
	sqlite3_stmt *q = store_query(d->store, QUERY_REPORT_CHAIN);
	while (!status && !(status = store_step(q, &row, err)) && row) {
		text_clear(&t);
		pdf_add_column(&t, q, 0);
		text_add_string(&t, ": ");
		pdf_add_number(&t, store_i64(q, 1));
		text_add_string(&t, " of ");
		pdf_add_number(&t, store_i64(q, 2));
		text_add_string(&t, " bytes are sealed by ");
		pdf_add_count(&t, store_i64(q, 3), "signed checkpoint", "signed checkpoints");
		text_add_string(&t, store_i64(q, 4) ? "; the log was closed in order."
						    : "; the log was not closed in order.");
		if (!store_is_null(q, 5)) {
			text_add_string(&t, " The chain does not hold: ");
			pdf_add_column(&t, q, 5);
			text_add_char(&t, '.');
		}
		page_text(&d->page, PAGE_BODY, text_string(&t));
	}
	sqlite3_reset(q);
	page_space(&d->page, 4);
	return status;
}

static enum status draw_artifacts(struct pdf *d, struct error *err)
{
	static const struct page_column columns[] = {PAGE_COLUMN("File", 0.22, PAGE_CELL_BOLD),
						     PAGE_COLUMN("What it is", 0.175, PAGE_CELL),
						     PAGE_NUMBERS("Bytes", 0.09),
						     PAGE_COLUMN("SHA-256", 0.515, PAGE_CELL_MONO)};
	bool row = true;
	enum status status = OK;
	struct page_table t;
	if (d->facts->count[COUNT_ARTIFACTS] == 0) {
		page_text(&d->page, PAGE_BODY, "The database was made of no session's folder: no file is listed.");
		return OK;
	}
	page_table_begin(&t, &d->page, columns, LENGTH(columns));
	sqlite3_stmt *q = store_query(d->store, QUERY_REPORT_ARTIFACTS);
	store_bind_i64(q, 1, PDF_ROWS_MAX);
	while (!status && !(status = store_step(q, &row, err)) && row) {
		pdf_add_column(page_table_cell(&t), q, 0);
		pdf_add_column(page_table_cell(&t), q, 3);
		pdf_add_number(page_table_cell(&t), store_i64(q, 1));
		pdf_add_column(page_table_cell(&t), q, 2);
		page_table_row(&t);
	}
	sqlite3_reset(q);
	page_table_end(&t);
	draw_more(d, d->facts->count[COUNT_ARTIFACTS], "the workbook and audit.db, view v_artifact");
	return status;
}

static enum status draw_programs(struct pdf *d, struct error *err)
{
	static const struct page_column columns[] = {PAGE_COLUMN("Program", 0.375, PAGE_CELL),
						     PAGE_NUMBERS("Processes", 0.11),
						     PAGE_COLUMN("SHA-256", 0.515, PAGE_CELL_MONO)};
	bool row = true;
	int64_t all = 0;
	enum status status = OK;
	struct page_table t;
	page_subheading(&d->page, "Programs in the scope");
	sqlite3_stmt *q = store_query(d->store, QUERY_REPORT_PROGRAMS);
	store_bind_i64(q, 1, PDF_ROWS_MAX);
	while (!status && !(status = store_step(q, &row, err)) && row) {
		if (!all)
			page_table_begin(&t, &d->page, columns, LENGTH(columns));
		all = store_i64(q, 4);
		pdf_add_column(page_table_cell(&t), q, 0);
		pdf_add_number(page_table_cell(&t), store_i64(q, 3));
		struct text *cell = page_table_cell(&t);
		if (store_is_null(q, 1))
			text_add_string(cell, "not known: ");
		pdf_add_column(cell, q, store_is_null(q, 1) ? 2 : 1);
		page_table_row(&t);
	}
	sqlite3_reset(q);
	if (all)
		page_table_end(&t);
	else
		page_text(&d->page, PAGE_BODY, "None was seen.");
	draw_more(d, all, "audit.db, table process");
	return status;
}

static enum status draw_left(struct pdf *d, struct error *err)
{
	bool row = true;
	enum status status = OK;
	AUTO_TEXT struct text t = text_make(PAGE_TEXT_MAX);
	sqlite3_stmt *q = store_query(d->store, QUERY_REPORT_LEFT);
	store_bind_i64(q, 1, PDF_ROWS_MAX);
	while (!status && !(status = store_step(q, &row, err)) && row) {
		text_add_string(&t, t.size ? ", " : "Still running when the watch ended: ");
		pdf_add_process(&t, q, 0, 1);
	}
	sqlite3_reset(q);
	if (t.size)
		page_text(&d->page, PAGE_BODY, text_string(&t));
	return status;
}

enum status pdf_evidence(struct pdf *d, struct error *err)
{
	page_heading(&d->page, "Evidence");
	enum status status = draw_chain(d, err);
	if (!status)
		status = draw_artifacts(d, err);
	if (!status)
		status = draw_programs(d, err);
	return status ? status : draw_left(d, err);
}

static void draw_identity(struct pdf *d, const char *label, enum fact fact)
{
	AUTO_TEXT struct text t = text_make(VALUE_MAX * 8);
	text_addf(&t, "%s: ", label);
	text_add_printable(&t, slice_of_string(d->facts->value[fact]), VALUE_MAX);
	if (!d->facts->value[fact][0])
		text_add_string(&t, "not known");
	page_text(&d->page, PAGE_CELL_MONO, text_string(&t));
}

enum status pdf_signatures(struct pdf *d, struct error *err)
{
	struct page *p = &d->page;
	(void)err;
	page_heading(p, "Signatures");
	page_need(p, 140);
	page_text(
		p, PAGE_BODY,
		"This report is covered by seal/SHA256SUMS, signed in seal/SHA256SUMS.p7s and "
		"seal/SHA256SUMS.sig; see HOW_TO_VERIFY.txt for how to check that, and who signed, "
		"with tools of the system.");
	page_space(p, 3);
	page_text(p, PAGE_BODY, "Their time is host-asserted: that machine's own clock. Where seal/SHA256SUMS.p7s.tsr lies beside them, "
		  "a time-stamping authority (RFC 3161) says by what time they were there.");
	unsigned years = (unsigned)facts_number(d->facts, FACT_RETENTION, RETENTION_YEARS);
	char until[RETENTION_TEXT_MAX];
	retention_until(d->facts->to_ns, years, until);
	page_space(p, 3);
	if (*until)
		page_textf(p, PAGE_BODY, "To be kept until %s at least: %u years from the end of the session, by its policy. A rule that counts "
			   "from a later day, as that of a status or of a last effective date, asks for longer.", until, years);
	page_space(p, 5);
	draw_identity(d, "collector version", FACT_COLLECTOR_VERSION);
	draw_identity(d, "collector SHA-256", FACT_COLLECTOR_SHA256);
	draw_identity(d, "policy SHA-256   ", FACT_POLICY_SHA256);
	return OK;
}
