/* SPDX-License-Identifier: Apache-2.0 */
/*
 * What tried to leave this machine, and the name lookups. Many equal attempts stand in one row.
 */
#include "report/page_table.h"
#include "report/pdf.h"
#include "report/pdf_words.h"

static const double lookups_room = 150; /* heading and chart, in points */

static void draw_rest(struct pdf *d, int64_t groups, const char *view)
{
	AUTO_TEXT struct text rest = text_make(64);
	pdf_add_number(&rest, groups - PDF_ROWS_MAX);
	if (groups > PDF_ROWS_MAX)
		page_textf(
			&d->page, PAGE_BODY,
			"and %s more rows; each of them is in the workbook (report.xlsx) and in "
			"audit.db, view %s.",
			text_string(&rest), view);
}

static void add_when(struct pdf *d, struct text *t, sqlite3_stmt *q)
{
	pdf_add_clock(t, store_i64(q, 0), d->facts->from_ns);
	if (store_i64(q, 1) > store_i64(q, 0)) {
		text_add_string(t, "\n– ");
		pdf_add_clock(t, store_i64(q, 1), d->facts->from_ns);
	}
}

static void add_bytes(struct text *t, sqlite3_stmt *q)
{
	if (store_is_null(q, 12) && store_is_null(q, 13)) {
		text_add_string(t, "–");
		return;
	}
	pdf_add_number(t, store_i64(q, 12));
	text_add_char(t, '\n');
	pdf_add_number(t, store_i64(q, 13));
}

static void add_egress_row(struct pdf *d, struct page_table *t, sqlite3_stmt *q)
{
	add_when(d, page_table_cell(t), q);
	pdf_add_number(page_table_cell(t), store_i64(q, 2));
	struct text *cell = page_table_cell(t);
	pdf_add_process(cell, q, 3, 4);
	text_add_char(cell, '\n');
	pdf_add_column(cell, q, 5);
	cell = page_table_cell(t);
	pdf_add_column(cell, q, 6);
	text_add_char(cell, '\n');
	pdf_add_column(cell, q, 7);
	cell = page_table_cell(t);
	pdf_add_endpoint(cell, q, 8, 9);
	if (!store_is_null(q, 10)) {
		text_add_char(cell, '\n');
		pdf_add_column(cell, q, 10);
	}
	cell = page_table_cell(t);
	pdf_add_class(cell, store_slice(q, 15));
	text_add_char(cell, '\n');
	pdf_add_vector(cell, store_slice(q, 16));
	if (!store_is_null(q, 19)) {
		text_add_string(cell, "\n");
		pdf_add_column(cell, q, 19);
	}
	if (slice_is(store_slice(q, 20), "webview") && !slice_is(store_slice(q, 16), "webview"))
		text_add_string(cell, "\nin a WebView");
	cell = page_table_cell(t);
	pdf_add_column(cell, q, 11);
	if (store_i64(q, 14))
		text_add_string(cell, "\nleft");
	if (store_i64(q, 17))
		text_add_string(cell, "\nallowed");
	add_bytes(page_table_cell(t), q);
	page_table_row(t);
}

enum status pdf_egress(struct pdf *d, struct error *err)
{
	static const struct page_column columns[] = {
		PAGE_COLUMN("Time (UTC)", 0.12, PAGE_CELL),
		PAGE_NUMBERS("Count", 0.06),
		PAGE_COLUMN("Process, program", 0.2, PAGE_CELL),
		PAGE_COLUMN("Call", 0.075, PAGE_CELL),
		PAGE_COLUMN("Destination, name", 0.2, PAGE_CELL_BOLD),
		PAGE_COLUMN("Where, what", 0.12, PAGE_CELL),
		PAGE_COLUMN("Outcome", 0.1, PAGE_CELL),
		PAGE_NUMBERS("Bytes out, in", 0.125),
	};
	bool row;
	enum status status = OK;
	page_heading(&d->page, "Attempts to leave this machine");
	if (d->facts->count[COUNT_LEAVING] + d->facts->count[COUNT_UNKNOWN] == 0) {
		page_text(&d->page, PAGE_BODY, "None was seen.");
		return OK;
	}
	page_text(
		&d->page, PAGE_BODY,
		"One row for each process, call, destination and outcome, with the first and the "
		"last time. \"Left\": the kernel saw a packet of it leave. \"Allowed\": the policy "
		"allows the destination.");
	page_space(&d->page, 4);
	struct page_table t;
	page_table_begin(&t, &d->page, columns, LENGTH(columns));
	for (size_t i = 0; i < d->tally->group_count && !status; i++) {
		sqlite3_stmt *q = tally_group_row(d->store, &d->tally->groups[i]);
		if (!(status = store_step(q, &row, err)) && row)
			add_egress_row(d, &t, q);
		sqlite3_reset(q);
	}
	page_table_end(&t);
	draw_rest(d, d->tally->groups_all, "v_attempt");
	return status;
}

static void add_direction(struct text *t, struct slice dir)
{
	if (slice_is(dir, "out"))
		text_add_string(t, "left");
	else if (slice_is(dir, "local"))
		text_add_string(t, "local");
	else if (slice_is(dir, "in"))
		text_add_string(t, "came in");
	else
		text_add_string(t, "not known");
}

static void add_lookup_row(struct pdf *d, struct page_table *t, sqlite3_stmt *q)
{
	add_when(d, page_table_cell(t), q);
	pdf_add_number(page_table_cell(t), store_i64(q, 2));
	pdf_add_process(page_table_cell(t), q, 3, 4);
	pdf_add_column(page_table_cell(t), q, 5);
	pdf_add_column(page_table_cell(t), q, 6);
	struct text *cell = page_table_cell(t);
	pdf_add_endpoint(cell, q, 7, 8);
	text_add_char(cell, '\n');
	pdf_add_column(cell, q, 9);
	add_direction(page_table_cell(t), store_slice(q, 10));
	pdf_add_column(page_table_cell(t), q, 11);
	page_table_row(t);
}

enum status pdf_lookups(struct pdf *d, struct error *err)
{
	static const struct page_column columns[] = {
		PAGE_COLUMN("Time (UTC)", 0.125, PAGE_CELL),
		PAGE_NUMBERS("Count", 0.065),
		PAGE_COLUMN("Process", 0.15, PAGE_CELL),
		PAGE_COLUMN("Name", 0.25, PAGE_CELL_BOLD),
		PAGE_COLUMN("Type", 0.065, PAGE_CELL),
		PAGE_COLUMN("Server, transport", 0.185, PAGE_CELL),
		PAGE_COLUMN("Way", 0.075, PAGE_CELL),
		PAGE_COLUMN("Answer", 0.085, PAGE_CELL),
	};
	bool row = true;
	int64_t groups = 0;
	enum status status = OK;
	if (d->facts->count[COUNT_LOOKUPS])
		page_need(&d->page, lookups_room); /* the chart stays with its heading */
	page_heading(&d->page, "Name lookups");
	if (d->facts->count[COUNT_LOOKUPS] == 0) {
		page_text(&d->page, PAGE_BODY, "None was seen in the captured packets.");
		return OK;
	}
	status = pdf_lookup_chart(d, err);
	struct page_table t;
	page_table_begin(&t, &d->page, columns, LENGTH(columns));
	sqlite3_stmt *q = store_query(d->store, QUERY_REPORT_LOOKUP_GROUPS);
	store_bind_i64(q, 1, PDF_ROWS_MAX);
	while (!status && !(status = store_step(q, &row, err)) && row) {
		groups = store_i64(q, 12);
		add_lookup_row(d, &t, q);
	}
	sqlite3_reset(q);
	page_table_end(&t);
	draw_rest(d, groups, "v_dns");
	return status;
}
