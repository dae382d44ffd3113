/* SPDX-License-Identifier: Apache-2.0 */
/*
 * What `challenge` tried, way by way, and what became of each; and of the layers that the
 * policy lists, whether what they claim was seen to hold. Only where it was run.
 */
#include "report/page_table.h"
#include "report/pdf.h"
#include "report/pdf_words.h"

#include <string.h>

/* Columns of QUERY_CHALLENGE_ROWS. */
enum { PROBE, RESULT, WHERE, WITNESS, PROTO, DST, DPORT, CALL, NUMBER, ANSWER, DETAIL, CLAIMED, TRIED };

static void add_way(struct page_table *t, sqlite3_stmt *q)
{
	struct text *cell = page_table_cell(t);
	bool tried = store_i64(q, TRIED) != 0;
	pdf_add_column(cell, q, PROBE);
	cell = page_table_cell(t);
	pdf_add_column(cell, q, RESULT);
	cell = page_table_cell(t);
	pdf_add_column(cell, q, WHERE);
	if (store_slice(q, DETAIL).size) {
		text_add_char(cell, '\n');
		pdf_add_column(cell, q, DETAIL);
	}
	cell = page_table_cell(t);
	if (tried)
		pdf_add_column(cell, q, WITNESS);
	cell = page_table_cell(t);
	if (tried && !store_is_null(q, DST)) {
		pdf_add_endpoint(cell, q, DST, DPORT);
		text_add_string(cell, " over ");
		pdf_add_column(cell, q, PROTO);
	}
	cell = page_table_cell(t);
	if (!store_is_null(q, CALL)) {
		int64_t number = store_i64(q, NUMBER);
		pdf_add_column(cell, q, CALL);
		text_addf(cell, ": %s", number ? strerror((int)number) : "no error");
	}
	page_table_row(t);
}

static enum status draw_ways(struct pdf *d, struct error *err)
{
	static const struct page_column columns[] = {
		PAGE_COLUMN("Tried", 0.11, PAGE_CELL_BOLD),
		PAGE_COLUMN("Result", 0.09, PAGE_CELL_BOLD),
		PAGE_COLUMN("Stopped where, or how far it came", 0.28, PAGE_CELL),
		PAGE_COLUMN("Last witness", 0.12, PAGE_CELL),
		PAGE_COLUMN("Destination", 0.2, PAGE_CELL),
		PAGE_COLUMN("Last call", 0.2, PAGE_CELL),
	};
	struct page_table t;
	bool row = true;
	enum status status = OK;
	page_table_begin(&t, &d->page, columns, LENGTH(columns));
	sqlite3_stmt *q = store_query(d->store, QUERY_CHALLENGE_ROWS);
	while (!status && !(status = store_step(q, &row, err)) && row)
		add_way(&t, q);
	sqlite3_reset(q);
	page_table_end(&t);
	return status;
}

static enum status draw_claims(struct pdf *d, struct error *err)
{
	static const struct page_column columns[] = {
		PAGE_COLUMN("Layer", 0.3, PAGE_CELL_BOLD),
		PAGE_COLUMN("Claims to stop", 0.15, PAGE_CELL),
		PAGE_COLUMN("Seen", 0.15, PAGE_CELL_BOLD),
		PAGE_COLUMN("Where it was stopped, or how far it came", 0.4, PAGE_CELL),
	};
	struct page_table t;
	bool row, open = false;
	enum status status;
	sqlite3_stmt *q = store_query(d->store, QUERY_CLAIM_ROWS);
	while (!(status = store_step(q, &row, err)) && row) {
		if (!open) {
			page_subheading(&d->page, "What the layers of the policy claim");
			page_table_begin(&t, &d->page, columns, LENGTH(columns));
		}
		open = true;
		for (int i = 0; i < (int)LENGTH(columns); i++)
			pdf_add_column(page_table_cell(&t), q, i);
		page_table_row(&t);
	}
	sqlite3_reset(q);
	if (open)
		page_table_end(&t);
	return status;
}

enum status pdf_challenge(struct pdf *d, struct error *err)
{
	bool row;
	sqlite3_stmt *q = store_query(d->store, QUERY_CHALLENGE_ROWS);
	enum status status = store_step(q, &row, err);
	sqlite3_reset(q);
	if (status || !row)
		return status;
	page_heading(&d->page, "Ways out that were tried");
	page_text(&d->page, PAGE_BODY,
		  "Each way was tried once, on purpose, to the sink that the policy names. \"Stopped\": "
		  "no packet of it left while packets were watched; \"left\": a packet was seen leaving; "
		  "\"arrived\": the sink answered with the token; \"unknown\": packets were not watched "
		  "all the time.");
	page_space(&d->page, 4);
	status = draw_ways(d, err);
	return status ? status : draw_claims(d, err);
}
