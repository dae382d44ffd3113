/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The reasons of the first page: what decided, and what was not looked at.
 */
#include "report/pdf.h"
#include "report/pdf_words.h"

#include <stdio.h>
#include <string.h>

enum { REASONS_MAX = 5, MISSING_MAX = 6, VALUE_MAX = 300, ADVICE_MAX = 64 << 10 };

static void draw_reason(struct pdf *d, sqlite3_stmt *q, struct text *t, struct text *advice)
{
	bool note = slice_is(store_slice(q, 2), "NOTE");
	text_clear(t);
	text_add_printable(t, note ? SLICE("Note") : store_slice(q, 2), VALUE_MAX);
	text_add_string(t, " (");
	text_add_printable(t, store_slice(q, 1), VALUE_MAX);
	text_add_string(t, "): ");
	text_add_printable(t, store_slice(q, 4), VALUE_MAX);
	char place[32];
	snprintf(place, sizeof place, "finding-%lld", (long long)store_i64(q, 0));
	enum page_style style = note ? PAGE_BODY : PAGE_BOLD;
	/* a link is on one page */
	page_need(&d->page, page_measure(&d->page, style, d->page.width - 12, 0, text_string(t)));
	page_link(&d->page, place);
	page_item(&d->page, "■", style, text_string(t));
	page_link_end(&d->page);
	/* the same advice once for all that stand together */
	if (store_slice(q, 8).size == 0 || slice_equal(store_slice(q, 8), text_slice(advice)))
		return;
	text_clear(advice);
	text_add(advice, store_slice(q, 8));
	text_clear(t);
	text_add_string(t, "What to do: ");
	text_add_printable(t, store_slice(q, 8), VALUE_MAX);
	page_item(&d->page, "", PAGE_BODY, text_string(t));
}

static void draw_without_reason(struct pdf *d)
{
	const struct facts *f = d->facts;
	if (!f->judged)
		page_text(&d->page, PAGE_BODY, "The evidence has not been judged.");
	else if (!strcmp(f->verdict, "PASS"))
		page_text(
			&d->page, PAGE_BODY,
			"Nothing was found that speaks against it, and every required witness saw "
			"all of the session.");
	page_space(&d->page, 2);
}

/* What decided; where nothing had to, what a reader should still know. */
enum status pdf_reasons(struct pdf *d, struct error *err)
{
	const int64_t *count = d->facts->count;
	int64_t deciding = count[COUNT_FAILING] + count[COUNT_UNDECIDED];
	int64_t all = deciding ? deciding : count[COUNT_FINDINGS];
	bool row = true;
	enum status status = OK;
	AUTO_TEXT struct text t = text_make(VALUE_MAX * 16), advice = text_make(ADVICE_MAX);
	page_subheading(&d->page, "Why");
	if (deciding == 0)
		draw_without_reason(d);
	sqlite3_stmt *q = store_query(d->store, QUERY_REPORT_FINDINGS);
	store_bind_i64(q, 1, all < REASONS_MAX ? all : REASONS_MAX);
	while (!status && !(status = store_step(q, &row, err)) && row)
		draw_reason(d, q, &t, &advice);
	sqlite3_reset(q);
	if (all > REASONS_MAX)
		page_textf(&d->page, PAGE_BODY, "and %lld more, under \"Findings\".",
			   (long long)(all - REASONS_MAX));
	return status;
}

enum status pdf_missing(struct pdf *d, struct error *err)
{
	bool row = true;
	unsigned missing = 0;
	enum status status = OK;
	AUTO_TEXT struct text t = text_make(VALUE_MAX * 32);
	page_subheading(&d->page, "What was not looked at");
	sqlite3_stmt *q = store_query(d->store, QUERY_REPORT_WITNESSES);
	while (!status && !(status = store_step(q, &row, err)) && row) {
		if (slice_is(store_slice(q, 1), "on") || ++missing > MISSING_MAX)
			continue;
		text_clear(&t);
		text_addf(&t, "%s witness ", store_i64(q, 2) ? "Required" : "Optional");
		text_add_printable(&t, store_slice(q, 0), VALUE_MAX);
		text_add_string(&t, " (");
		text_add_printable(&t, store_slice(q, 1), VALUE_MAX);
		text_add_string(&t, "): ");
		text_add_printable(&t, store_slice(q, 4), VALUE_MAX);
		page_item(&d->page, "–", PAGE_BODY, text_string(&t));
	}
	sqlite3_reset(q);
	if (missing > MISSING_MAX)
		page_item(&d->page, "–", PAGE_BODY, "more witnesses; see \"Coverage\".");
	page_item(&d->page, "–", PAGE_BODY,
		  "Anything before or after the window, and programs outside the scope.");
	page_item(
		&d->page, "–", PAGE_BODY,
		"Ways out that use no network socket. All limits are under \"Limits and method\".");
	return status;
}
