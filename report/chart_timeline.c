/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Attempts over the time of the session, a lane for each process. Attempts are
 * counted into bins, so that a million of them draw as fast as ten.
 */
#include "report/chart_axis.h"
#include "report/chart_mark.h"
#include "report/pdf.h"
#include "report/pdf_words.h"

enum { LANES_MAX = 40, LANE_OTHERS = LANES_MAX, NAME_MAX_BYTES = 60 };

static const double lane_height = 13.5;

struct lane {
	int64_t key, attempts, leaving;
	struct text name; /* owned */
	int64_t counts[CHART_BINS][PLACE_COUNT];
};

struct timeline {
	struct lane *lanes; /* owned; LANES_MAX and one for the rest */
	size_t count;
	int64_t all; /* lanes there are */
};

static enum status read_lanes(struct pdf *d, struct timeline *t, struct error *err)
{
	bool row = true;
	enum status status = OK;
	sqlite3_stmt *q = store_query(d->store, QUERY_REPORT_LANES);
	store_bind_i64(q, 1, LANES_MAX);
	while (!status && !(status = store_step(q, &row, err)) && row && t->count < LANES_MAX) {
		struct lane *lane = &t->lanes[t->count++];
		lane->key = store_i64(q, 0);
		lane->attempts = store_i64(q, 4);
		lane->leaving = store_i64(q, 5);
		t->all = store_i64(q, 6);
		pdf_add_process(&lane->name, q, 1, 2);
	}
	sqlite3_reset(q);
	return status;
}

/* Rows of the marks come grouped by lane; a lane beyond the maximum is the rest. */
static struct lane *find_lane(struct timeline *t, int64_t key)
{
	for (size_t i = 0; i < t->count; i++)
		if (t->lanes[i].key == key)
			return &t->lanes[i];
	return &t->lanes[LANE_OTHERS];
}

static enum status read_marks(struct pdf *d, struct timeline *t, const struct chart_axis *a,
			      struct error *err)
{
	bool row = true;
	enum status status = OK;
	sqlite3_stmt *q = store_query(d->store, QUERY_REPORT_MARKS);
	store_bind_i64(q, 1, a->from_ns);
	store_bind_i64(q, 2, a->length_ns);
	store_bind_i64(q, 3, CHART_BINS);
	while (!status && !(status = store_step(q, &row, err)) && row) {
		struct lane *lane = find_lane(t, store_i64(q, 0));
		int64_t bin = store_i64(q, 1);
		if (bin >= 0 && bin < CHART_BINS)
			lane->counts[bin][chart_place_of(store_slice(q, 2))] += store_i64(q, 3);
	}
	sqlite3_reset(q);
	return status;
}

/* What stays on the machine runs along the foot of the lane, the rest above it. */
static void draw_marks(struct page *p, const struct lane *lane, const struct chart_axis *a)
{
	const double half = a->width / CHART_BINS / 2;
	for (int place = 0; place < PLACE_COUNT; place++)
		for (int bin = 0; bin < CHART_BINS; bin++)
			if (lane->counts[bin][place])
				chart_mark_draw(p, (enum chart_place)place,
						chart_axis_x(a, bin) + half,
						p->y + (place == PLACE_LOCAL ? 10 : 5),
						lane->counts[bin][place]);
}

static void draw_lane(struct page *p, const struct lane *lane, const struct chart_axis *a)
{
	page_colour(p, (struct page_colour){0.85, 0.85, 0.85});
	cairo_set_line_width(p->cr, 0.4);
	cairo_move_to(p->cr, p->x, p->y + lane_height - 0.5);
	cairo_line_to(p->cr, a->x + a->width, p->y + lane_height - 0.5);
	cairo_stroke(p->cr);
	page_colour(p, page_black);
	page_text_at(p, lane->leaving ? PAGE_CELL_BOLD : PAGE_CELL, p->x, p->y + 2,
		     CHART_LABEL - 8, 1, text_string(&lane->name));
	draw_marks(p, lane, a);
	p->y += lane_height;
}

static void draw_timeline(struct pdf *d, struct timeline *t, const struct chart_axis *a)
{
	struct page *p = &d->page;
	page_need(p, (double)(t->count + 1) * lane_height + 40);
	chart_mark_legend(p);
	for (size_t i = 0; i < t->count; i++)
		draw_lane(p, &t->lanes[i], a);
	if (t->all > LANES_MAX) {
		struct lane *rest = &t->lanes[LANE_OTHERS];
		pdf_add_number(&rest->name, t->all - LANES_MAX);
		text_add_string(&rest->name, " more processes");
		draw_lane(p, rest, a);
	}
	chart_axis_draw(p, a);
}

static struct timeline timeline_new(void)
{
	struct timeline t = {.lanes = must_alloc(LANES_MAX + 1, sizeof *t.lanes)};
	for (size_t i = 0; i <= LANES_MAX; i++)
		t.lanes[i].name = text_make(NAME_MAX_BYTES * 8);
	return t;
}

static void timeline_free(struct timeline *t)
{
	for (size_t i = 0; i <= LANES_MAX; i++)
		text_free(&t->lanes[i].name);
	free(t->lanes);
}

enum status pdf_timeline(struct pdf *d, struct error *err)
{
	page_heading(&d->page, "Timeline of attempts");
	if (d->facts->count[COUNT_ATTEMPTS] == 0) {
		page_text(&d->page, PAGE_BODY, "The session made no attempt to connect or send.");
		return OK;
	}
	page_text(&d->page, PAGE_BODY,
		  "A lane for each process; those that tried to leave this machine come first, in "
		  "bold. A larger mark: more attempts.");
	page_space(&d->page, 5);
	struct timeline t = timeline_new();
	struct chart_axis a = chart_axis_of(&d->page, d->facts);
	enum status status = read_lanes(d, &t, err);
	if (!status)
		status = read_marks(d, &t, &a, err);
	if (!status)
		draw_timeline(d, &t, &a);
	timeline_free(&t);
	return status;
}
