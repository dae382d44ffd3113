/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Name lookups over the time of the session: columns in a lane for each way they took.
 */
#include "report/chart_axis.h"
#include "report/pdf.h"
#include "report/pdf_words.h"

enum way { WAY_LEFT, WAY_LOCAL, WAY_IN, WAYS };

struct lookups {
	int64_t counts[WAYS][CHART_BINS], sums[WAYS], most; /* most: of one bin */
};

static const double lane_height = 30;

static enum status read_bins(struct pdf *d, const struct chart_axis *a, struct lookups *ret, struct error *err)
{
	bool row = true;
	enum status status = OK;
	sqlite3_stmt *q = store_query(d->store, QUERY_REPORT_LOOKUP_BINS);
	store_bind_i64(q, 1, a->from_ns);
	store_bind_i64(q, 2, a->length_ns);
	store_bind_i64(q, 3, CHART_BINS);
	while (!status && !(status = store_step(q, &row, err)) && row) {
		int64_t bin = store_i64(q, 0), way = store_i64(q, 1), count = store_i64(q, 2);
		if (bin < 0 || bin >= CHART_BINS || way < 0 || way >= WAYS)
			continue;
		ret->counts[way][bin] += count;
		ret->sums[way] += count;
		if (ret->counts[way][bin] > ret->most)
			ret->most = ret->counts[way][bin];
	}
	sqlite3_reset(q);
	return status;
}

/* What left is solid, what stayed an outline: the lane's words tell it, and the ink does. */
static void draw_lane(struct page *p, const struct lookups *l, enum way way, const struct chart_axis *a)
{
	static const char *const words[WAYS] = {"left this machine", "within this machine", "came in"};
	const double room = lane_height - 6, width = a->width / CHART_BINS;
	AUTO_TEXT struct text sum = text_make(128);
	text_add_string(&sum, words[way]);
	text_add_string(&sum, ": ");
	pdf_add_number(&sum, l->sums[way]);
	page_text_at(p, way == WAY_LEFT ? PAGE_CELL_BOLD : PAGE_CELL, p->x, p->y + lane_height - 11, CHART_LABEL - 8, 1,
		     text_string(&sum));
	page_colour(p, way == WAY_LEFT ? (struct page_colour){0.75, 0.15, 0.05} : page_grey);
	cairo_set_line_width(p->cr, 0.5);
	for (int bin = 0; bin < CHART_BINS; bin++) {
		double height = room * (double)l->counts[way][bin] / (double)l->most;
		if (height > 0)
			cairo_rectangle(p->cr, chart_axis_x(a, bin), p->y + lane_height - (height < 1 ? 1 : height), width,
					height < 1 ? 1 : height);
	}
	if (way == WAY_LEFT)
		cairo_fill(p->cr);
	else
		cairo_stroke(p->cr);
	page_colour(p, page_black);
	p->y += lane_height;
}

enum status pdf_lookup_chart(struct pdf *d, struct error *err)
{
	struct page *p = &d->page;
	struct lookups l = {0};
	struct chart_axis a = chart_axis_of(p, d->facts);
	enum status status = read_bins(d, &a, &l, err);
	if (status || !l.most)
		return status;
	page_need(p, WAYS * lane_height + 40);
	page_textf(p, PAGE_BODY, "Over time; the highest column is %lld.", (long long)l.most);
	page_space(p, 3);
	for (int way = 0; way < WAYS; way++)
		if (l.sums[way])
			draw_lane(p, &l, (enum way)way, &a);
	chart_axis_draw(p, &a);
	page_space(p, 4);
	return OK;
}
