/* SPDX-License-Identifier: Apache-2.0 */
#include "report/page_table.h"
#include "report/pdf.h"
#include "report/pdf_words.h"

#include <stdio.h>
#include <string.h>

enum { LINE_MAX_BYTES = 600, EVIDENCE_MAX = 1500 };

/* Points: of a label with its first line, of a head with the first line under it, between parts. */
#define LABEL_NEEDS 30.0
#define HEAD_NEEDS 50.0
#define GAP 1.5

static bool is_nothing(struct slice text)
{
	return text.size == 0 || slice_is(text, "{}") || slice_is(text, "[]");
}

/* `below`: what keeps with the last line of a text that may be one line long. */
static void draw_head(struct pdf *d, sqlite3_stmt *q, int number, double below)
{
	AUTO_TEXT struct text t = text_make(LINE_MAX_BYTES * 8);
	text_addf(&t, "%d. ", number);
	text_add_printable(&t, store_slice(q, 4), LINE_MAX_BYTES);
	page_space(&d->page, 7);
	page_need(&d->page, HEAD_NEEDS + below);
	char place[32];
	snprintf(place, sizeof place, "finding-%lld", (long long)store_i64(q, 0));
	page_place(&d->page, place);
	page_text(&d->page, PAGE_BOLD, text_string(&t));

	text_clear(&t);
	text_add_string(&t, !strcmp(store_text(q, 2), "NOTE") ? "does not change the verdict"
							      : "leads to ");
	if (strcmp(store_text(q, 2), "NOTE") != 0)
		pdf_add_column(&t, q, 2);
	text_add_string(&t, " · severity ");
	pdf_add_column(&t, q, 1);
	text_add_string(&t, " · check ");
	pdf_add_column(&t, q, 3);
	if (!store_is_null(q, 7)) {
		text_add_string(&t, " · ");
		pdf_add_vector(&t, store_slice(q, 7));
	}
	text_addf(&t, " · finding %lld", (long long)store_i64(q, 0));
	page_colour(&d->page, page_grey);
	page_text(&d->page, PAGE_SMALL, text_string(&t));
	page_colour(&d->page, page_black);
	page_space(&d->page, GAP);
}

static void draw_part(struct pdf *d, const char *label, struct slice text, enum page_style style,
		      size_t max, double below)
{
	if (is_nothing(text))
		return;
	if (label)
		page_need(&d->page, LABEL_NEEDS + below); /* no label at the foot of a page */
	if (label)
		page_text(&d->page, PAGE_CELL_BOLD, label);
	page_foreign(&d->page, style, text, max, below);
	page_space(&d->page, GAP);
}

/* Evidence alone on the next page would be nobody's: the last line of the finding goes with it. */
static void draw_finding(struct pdf *d, sqlite3_stmt *q, int number)
{
	double evidence = is_nothing(store_slice(q, 6)) ? 0 : GAP + LABEL_NEEDS;
	bool remedy = !is_nothing(store_slice(q, 8));
	draw_head(d, q, number, remedy ? 0 : evidence);
	draw_part(d, NULL, store_slice(q, 5), PAGE_BODY, PDF_DETAIL_MAX, remedy ? 0 : evidence);
	draw_part(d, "What to do", store_slice(q, 8), PAGE_BODY, PDF_DETAIL_MAX, evidence);
	draw_part(d, "Evidence", store_slice(q, 6), PAGE_CELL_MONO, EVIDENCE_MAX, 0);
}

/* All of them, a row for each check, where they are too many to be told one by one. */
static enum status draw_groups(struct pdf *d, struct error *err)
{
	static const struct page_column columns[] = {
		PAGE_COLUMN("Leads to", 0.16, PAGE_CELL_BOLD), PAGE_COLUMN("Severity", 0.1, PAGE_CELL),
		PAGE_COLUMN("Check", 0.18, PAGE_CELL), PAGE_NUMBERS("Findings", 0.1),
		{"One of them", 0.46, PAGE_CELL, false, 2},
	};
	bool row = true;
	enum status status = OK;
	struct page_table t;
	AUTO_TEXT struct text all = text_make(64);
	pdf_add_number(&all, d->facts->count[COUNT_FINDINGS]);
	page_textf(&d->page, PAGE_BODY, "There are %s; the first %d are told below. All are in the workbook (report.xlsx) "
		   "and in audit.db, view v_finding.", text_string(&all), PDF_FINDINGS_MAX);
	page_space(&d->page, 4);
	page_table_begin(&t, &d->page, columns, LENGTH(columns));
	sqlite3_stmt *q = store_query(d->store, QUERY_REPORT_FINDING_GROUPS);
	store_bind_i64(q, 1, PDF_ROWS_MAX);
	while (!status && !(status = store_step(q, &row, err)) && row) {
		for (int column = 0; column < 3; column++)
			pdf_add_column(page_table_cell(&t), q, column);
		pdf_add_number(page_table_cell(&t), store_i64(q, 3));
		pdf_add_column(page_table_cell(&t), q, 4);
		page_table_row(&t);
	}
	sqlite3_reset(q);
	page_table_end(&t);
	return status;
}

enum status pdf_findings(struct pdf *d, struct error *err)
{
	bool row = true;
	int number = 0;
	enum status status = OK;
	page_heading(&d->page, "Findings");
	if (d->facts->count[COUNT_FINDINGS] == 0)
		page_text(&d->page, PAGE_BODY, "There are none.");
	if (d->facts->count[COUNT_FINDINGS] > PDF_FINDINGS_MAX)
		status = draw_groups(d, err);
	sqlite3_stmt *q = store_query(d->store, QUERY_REPORT_FINDINGS);
	store_bind_i64(q, 1, PDF_FINDINGS_MAX);
	while (!status && !(status = store_step(q, &row, err)) && row) {
		draw_finding(d, q, ++number);
	}
	sqlite3_reset(q);
	if (d->facts->count[COUNT_FINDINGS] > PDF_FINDINGS_MAX)
		page_textf(&d->page, PAGE_BODY, "and %lld more, in the workbook and in audit.db, view v_finding.",
			   (long long)(d->facts->count[COUNT_FINDINGS] - PDF_FINDINGS_MAX));
	return status;
}
