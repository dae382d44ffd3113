/* SPDX-License-Identifier: Apache-2.0 */
#include "report/chart_bench.h"

#include "report/pdf_words.h"

#include <stdio.h>

enum { NAME_MAX_BYTES = 128, LABEL = 168, VALUE = 105 };

/* Of QUERY_REPORT_BENCH_SHARES. */
enum column { SET, TIER, MODEL, SHARE, LOW, HIGH, PASSED, SAMPLES, WANTED };

const struct page_colour chart_bench_ink = {0, 0.45, 0.70};
static const struct page_colour line = {0.80, 0.80, 0.80};
static const double row_height = 12, axis_height = 15;

struct panel {
	double x, width;
	char set[NAME_MAX_BYTES], tier[NAME_MAX_BYTES];
	unsigned page;
};

static double place(const struct panel *p, double share)
{
	return p->x + p->width * share;
}

/* Above the rows: a panel may go over pages, and has it on each. */
static void draw_axis(struct page *p, struct panel *panel)
{
	page_colour(p, page_grey);
	for (int percent = 0; percent <= 100; percent += 20) {
		char label[16];
		double x = place(panel, percent / 100.0);
		snprintf(label, sizeof label, "%d %%", percent);
		page_aligned_at(p, PAGE_SMALL, PANGO_ALIGN_CENTER, x - 20, p->y, 40, 1, label);
		page_line(p, x, p->y + 10, x, p->y + axis_height - 2, 0.6);
	}
	page_line(p, panel->x, p->y + axis_height - 2, panel->x + panel->width, p->y + axis_height - 2, 0.6);
	page_colour(p, page_black);
	p->y += axis_height;
	panel->page = p->number;
}

static void draw_tier(struct page *p, const char *tier)
{
	page_colour(p, page_grey);
	page_text_at(p, PAGE_SMALL, p->x, p->y + 1, LABEL - 10, 1, tier);
	page_colour(p, page_black);
	p->y += row_height - 2;
}

static void draw_wanted(struct page *p, const struct panel *panel, double share)
{
	double x = place(panel, share);
	cairo_set_dash(p->cr, (double[]){2, 2}, 2, 0);
	page_line(p, x, p->y, x, p->y + row_height, 0.8);
	cairo_set_dash(p->cr, NULL, 0, 0);
}

static void draw_row(struct page *p, const struct panel *panel, sqlite3_stmt *q)
{
	AUTO_TEXT struct text name = text_make(8 * NAME_MAX_BYTES), value = text_make(256);
	double y = p->y + row_height / 2, low = place(panel, store_real(q, LOW)), high = place(panel, store_real(q, HIGH));
	text_add_printable(&name, store_slice(q, MODEL), NAME_MAX_BYTES);
	text_addf(&value, "%.1f %%   %lld of %lld", 100 * store_real(q, SHARE), (long long)store_i64(q, PASSED),
		  (long long)store_i64(q, SAMPLES));
	page_text_at(p, PAGE_SMALL, p->x + 8, p->y + 1, LABEL - 18, 1, text_string(&name));
	page_colour(p, line);
	page_line(p, panel->x, y, panel->x + panel->width, y, 0.4);
	page_colour(p, page_black);
	if (!store_is_null(q, WANTED))
		draw_wanted(p, panel, store_real(q, WANTED));
	page_colour(p, chart_bench_ink);
	page_line(p, low, y, high, y, 1.4);
	page_line(p, low, y - 3, low, y + 3, 1);
	page_line(p, high, y - 3, high, y + 3, 1);
	cairo_arc(p->cr, place(panel, store_real(q, SHARE)), y, 2.8, 0, 6.2831853);
	cairo_fill(p->cr);
	page_colour(p, page_black);
	page_aligned_at(p, PAGE_SMALL, PANGO_ALIGN_RIGHT, p->x + p->width - VALUE + 12, p->y + 1, VALUE - 12, 1, text_string(&value));
	p->y += row_height;
}

/* What stands above a row: suite, axis and tier, where they are others than above. */
static void draw_above(struct page *p, struct panel *panel, sqlite3_stmt *q)
{
	bool suite = !slice_is(store_slice(q, SET), panel->set);
	bool tier = suite || !slice_is(store_slice(q, TIER), panel->tier);
	slice_to_string(slice_part(store_slice(q, SET), 0, NAME_MAX_BYTES - 1), panel->set, sizeof panel->set);
	slice_to_string(slice_part(store_slice(q, TIER), 0, NAME_MAX_BYTES - 1), panel->tier, sizeof panel->tier);
	if (suite) {
		AUTO_TEXT struct text title = text_make(512);
		text_addf(&title, "Right answers: %s", panel->set);
		page_need(p, 75);
		page_subheading(p, text_string(&title));
	}
	page_need(p, 2 * row_height);
	if (suite || panel->page != p->number)
		draw_axis(p, panel);
	if (tier)
		draw_tier(p, panel->tier);
}

enum status chart_shares(struct pdf *d, struct error *err)
{
	struct page *p = &d->page;
	struct panel panel = {.x = p->x + LABEL, .width = p->width - LABEL - VALUE};
	bool row = true;
	enum status status = OK;
	sqlite3_stmt *q = store_query(d->store, QUERY_REPORT_BENCH_SHARES);
	store_bind_i64(q, 1, PDF_ROWS_MAX);
	while (!status && !(status = store_step(q, &row, err)) && row) {
		draw_above(p, &panel, q);
		draw_row(p, &panel, q);
	}
	sqlite3_reset(q);
	return status;
}
