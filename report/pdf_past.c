/* SPDX-License-Identifier: Apache-2.0 */
/*
 * What earlier sessions of this host found, and what is new or gone since.
 */
#include "report/chart_past.h"
#include "report/page_table.h"
#include "report/pdf.h"
#include "report/pdf_rows.h"
#include "report/pdf_words.h"

enum { PLACE_SHOWN_MAX = 300, COLUMN_MAX = 200, SESSIONS_MAX = 40, DESTINATIONS_MAX = 60 };

static const struct page_column columns[] = {
	PAGE_NUMBERS("No.", 0.05),
	PAGE_COLUMN("Began (UTC)", 0.17, PAGE_CELL),
	{"Session", 0.24, PAGE_CELL, false, 2},
	PAGE_COLUMN("Verdict", 0.14, PAGE_CELL_BOLD),
	PAGE_NUMBERS("To leave", 0.08),
	PAGE_NUMBERS("Lookups", 0.08),
	{"Destinations", 0.24, PAGE_CELL, false, 2},
};

/* "5: 1 new, 2 gone" */
static void add_destinations(struct text *t, sqlite3_stmt *q)
{
	if (store_is_null(q, 6))
		return;
	pdf_add_number(t, store_i64(q, 6));
	if (store_is_null(q, 7))
		return;
	text_add_string(t, ": ");
	pdf_add_number(t, store_i64(q, 7));
	text_add_string(t, " new, ");
	pdf_add_number(t, store_i64(q, 8));
	text_add_string(t, " gone");
}

static void add_number(struct page_table *t, sqlite3_stmt *q, int column)
{
	struct text *cell = page_table_cell(t);
	if (!store_is_null(q, column))
		pdf_add_number(cell, store_i64(q, column));
}

/* "2026-11-28 10:00:00" */
static void add_begin(struct text *t, int64_t ns)
{
	AUTO_TEXT struct text stamp = text_make(64);
	pdf_add_time(&stamp, ns);
	text_add(t, slice_part(text_slice(&stamp), 0, 19));
}

/* The columns of the query are those of the workbook. */
static void add_session(struct page_table *t, sqlite3_stmt *q)
{
	bool known = store_is_null(q, 15);
	page_table_add_number(t, store_i64(q, 0));
	add_begin(page_table_cell(t), store_i64(q, 2));
	struct text *cell = page_table_cell(t);
	text_add_printable(cell, store_slice(q, 1), COLUMN_MAX);
	if (slice_is(store_slice(q, 12), "not sealed"))
		text_add_string(cell, " (not sealed)");
	text_add_printable(page_table_cell(t), known ? store_slice(q, 3) : SLICE("not known"), COLUMN_MAX);
	add_number(t, q, 4);
	add_number(t, q, 5);
	cell = page_table_cell(t);
	if (known)
		add_destinations(cell, q);
	else
		text_add_printable(cell, store_slice(q, 15), COLUMN_MAX);
	page_table_row(t);
}

/* The last of them. */
static enum status draw_sessions(struct pdf *d, size_t all, struct error *err)
{
	struct page_table t;
	bool row = true;
	size_t at = 0;
	enum status status = OK;
	sqlite3_stmt *q = store_query(d->store, QUERY_SHEET_PAST);
	page_table_begin(&t, &d->page, columns, LENGTH(columns));
	while (!status && !(status = store_step(q, &row, err)) && row)
		if (++at + SESSIONS_MAX > all)
			add_session(&t, q);
	sqlite3_reset(q);
	page_table_end(&t);
	if (all > SESSIONS_MAX)
		page_textf(&d->page, PAGE_SMALL, "The %zu before them are in the workbook.", all - SESSIONS_MAX);
	return status;
}

static void add_destination(struct page_table *t, sqlite3_stmt *q)
{
	text_add_printable(page_table_cell(t), store_slice(q, 0), COLUMN_MAX);
	text_add_printable(page_table_cell(t), store_slice(q, 5), COLUMN_MAX);
	for (int i = 1; i <= 4; i++)
		page_table_add_number(t, store_i64(q, i));
	page_table_row(t);
}

static enum status draw_destinations(struct pdf *d, struct error *err)
{
	static const struct page_column heads[] = {
		PAGE_COLUMN("Destination", 0.42, PAGE_CELL_MONO), PAGE_COLUMN("In this session", 0.14, PAGE_CELL_BOLD),
		PAGE_NUMBERS("Attempts in all", 0.12),		  PAGE_NUMBERS("Sessions", 0.1),
		PAGE_NUMBERS("First in No.", 0.11),		  PAGE_NUMBERS("Last in No.", 0.11),
	};
	struct page_table t;
	int64_t rows = 0;
	bool row = true;
	enum status status = OK;
	sqlite3_stmt *q = store_query(d->store, QUERY_REPORT_PAST_DESTINATIONS);
	store_bind_i64(q, 1, DESTINATIONS_MAX + 1);
	while (!status && !(status = store_step(q, &row, err)) && row && rows < DESTINATIONS_MAX) {
		if (rows++ == 0) {
			page_subheading(&d->page, "Where they tried to go");
			page_table_begin(&t, &d->page, heads, LENGTH(heads));
		}
		add_destination(&t, q);
	}
	sqlite3_reset(q);
	if (rows)
		page_table_end(&t);
	if (row && rows == DESTINATIONS_MAX)
		page_text(&d->page, PAGE_SMALL, "There are more, in the workbook.");
	return status;
}

static void draw_words(struct pdf *d, sqlite3_stmt *q)
{
	AUTO_TEXT struct text t = text_make(PLACE_SHOWN_MAX * 32);
	int64_t found = store_i64(q, 2);
	if (found)
		pdf_add_count(&t, found, "earlier session", "earlier sessions");
	else
		text_add_string(&t, "No earlier session");
	text_add_string(&t, " of the host ");
	text_add_printable(&t, store_slice(q, 0), PLACE_SHOWN_MAX);
	text_addf(&t, " %s found in ", found == 1 || !found ? "was" : "were");
	text_add_printable(&t, store_slice(q, 1), PLACE_SHOWN_MAX);
	text_add_string(&t, " when this one was judged");
	if (store_i64(q, 3)) {
		text_add_string(&t, "; ");
		pdf_add_number(&t, store_i64(q, 3));
		text_add_string(&t, " that lie further back were left out");
	}
	text_add_string(&t, ". ");
	if (!store_is_null(q, 4)) {
		text_add_string(&t, "The place could not be looked through: ");
		text_add_printable(&t, store_slice(q, 4), PLACE_SHOWN_MAX);
		text_add_string(&t, ". ");
	}
	if (found)
		text_add_string(&t, "Of each its own report was read, and held against its seal where it has one; nothing "
				    "else of it was verified here (airgap-verify verify does). They may have watched other "
				    "programs, and for longer or shorter: what differs is shown, not why.");
	page_text(&d->page, PAGE_BODY, text_string(&t));
	page_space(&d->page, 5);
}

enum status pdf_past(struct pdf *d, struct error *err)
{
	bool row = false;
	struct past_rows rows = {0};
	sqlite3_stmt *q = store_query(d->store, QUERY_REPORT_PAST_SEARCH);
	enum status status = store_step(q, &row, err);
	if (!status && row) {
		page_need(&d->page, 260);
		page_heading(&d->page, "Earlier sessions of this host");
		draw_words(d, q);
	}
	sqlite3_reset(q);
	if (!status && row)
		status = past_rows_read(d->store, &rows, err);
	if (status || !row || rows.count < 2)
		return status;
	chart_past_draw(&d->page, &rows);
	status = draw_sessions(d, rows.count, err);
	return status ? status : draw_destinations(d, err);
}
