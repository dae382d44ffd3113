/* SPDX-License-Identifier: Apache-2.0 */
/*
 * What the evidence shows for the objectives of the frameworks that were asked for, and
 * what it does not.
 */
#include "report/page_table.h"
#include "report/pdf.h"
#include "report/pdf_words.h"

enum { NAME_MAX_BYTES = 32, ORIGIN_MAX = 300 };

static const struct page_column columns[] = {
	PAGE_COLUMN("Control, objective", 0.16, PAGE_CELL_BOLD),
	PAGE_COLUMN("What it is about", 0.2, PAGE_CELL),
	PAGE_COLUMN("Strength", 0.12, PAGE_CELL_BOLD),
	/* the last of it is what somebody has to do: never cut */
	{"What this run shows, its limit, and what a person must still do", 0.52, PAGE_CELL, false, 16},
};

static void draw_words(struct pdf *d)
{
	static const char *const words[] = {
		("One host in one window was watched, on the interfaces named in this report. At best "
		 "the evidence carries an objective on this host, for that window; no requirement of a "
		 "framework is fulfilled by it, and none is decided here."),
		("The strengths are: carries the objective on this host; supporting; weak; not applicable. "
		 "Evidence that is missing, a finding that speaks against the objective, and watching that "
		 "was not shown to be complete lower them."),
		("What the framework asks is paraphrased; its own text counts. An assessor decides, on "
		 "evidence that a named person has reviewed."),
	};
	for (size_t i = 0; i < LENGTH(words); i++)
		page_item(&d->page, "–", PAGE_BODY, words[i]);
}

/* "03.03.01,03.03.03" with room between, where a line may end. */
static void add_apart(struct text *cell, struct slice list)
{
	for (size_t from = 0, end; from < list.size; from = end + 1) {
		end = from + slice_find(slice_part(list, from, list.size - from), ',');
		text_add_string(cell, from ? ", " : "");
		text_add_printable(cell, slice_part(list, from, end - from), list.size);
	}
}

static void add_row(struct page_table *t, sqlite3_stmt *q)
{
	struct text *cell = page_table_cell(t);
	pdf_add_column(cell, q, 1);
	if (!slice_is(store_slice(q, 2), "-")) {
		text_add_string(cell, " [");
		pdf_add_column(cell, q, 2);
		text_add_char(cell, ']');
	}
	cell = page_table_cell(t);
	pdf_add_column(cell, q, 3);
	if (!store_is_null(q, 11)) {
		text_add_string(cell, "\nRev. 3: ");
		add_apart(cell, store_slice(q, 11));
	}
	pdf_add_column(page_table_cell(t), q, 6);
	pdf_add_column(page_table_cell(t), q, 7);
	page_table_row(t);
}

/* A site's own framework is not ours to answer for. */
static void draw_origin(struct pdf *d, sqlite3_stmt *q)
{
	if (store_is_null(q, 13))
		return;
	AUTO_TEXT struct text words = text_make(ORIGIN_MAX * 8);
	text_add_string(&words, "As the site's own file tells it: ");
	text_add_printable(&words, store_slice(q, 13), ORIGIN_MAX);
	if (!store_is_null(q, 14))
		text_add_string(&words, ", SHA-256 ");
	text_add_printable(&words, store_slice(q, 14), ORIGIN_MAX);
	page_text(&d->page, PAGE_SMALL, text_string(&words));
}

/* A table for each framework; the rows come in that order. */
static enum status draw_rows(struct pdf *d, sqlite3_stmt *q, struct error *err)
{
	struct page_table t;
	char framework[NAME_MAX_BYTES] = "";
	bool row, open = false;
	enum status status;
	while (!(status = store_step(q, &row, err)) && row) {
		if (!slice_is(store_slice(q, 0), framework)) {
			if (open)
				page_table_end(&t);
			slice_to_string(store_slice(q, 0), framework, sizeof framework);
			page_subheading(&d->page, framework);
			draw_origin(d, q);
			page_table_begin(&t, &d->page, columns, LENGTH(columns));
			open = true;
		}
		add_row(&t, q);
	}
	if (open)
		page_table_end(&t);
	return status;
}

enum status pdf_controls(struct pdf *d, struct error *err)
{
	if (!d->facts->frameworks[0])
		return OK;
	page_heading(&d->page, "Controls");
	draw_words(d);
	sqlite3_stmt *q = store_query(d->store, QUERY_REPORT_CONTROLS);
	store_bind_text(q, 1, d->facts->frameworks);
	store_bind_text(q, 2, d->facts->accepted);
	enum status status = draw_rows(d, q, err);
	sqlite3_reset(q);
	return status;
}
