/* SPDX-License-Identifier: Apache-2.0 */
/*
 * What each witness could see, and when. A bin of the strip shows the worst that
 * happened in it: however short, a gap is never painted over.
 */
#include "report/chart_axis.h"
#include "report/pdf.h"
#include "report/pdf_words.h"

enum { NOTE_MAX = 700 };

enum sight { SIGHT_NONE, SIGHT_SEEING, SIGHT_BLIND, SIGHT_LOST, SIGHTS };

static const char *const sight_names[SIGHTS] = {
	[SIGHT_NONE] = "",
	[SIGHT_SEEING] = "seeing",
	[SIGHT_BLIND] = "blind",
	[SIGHT_LOST] = "lost",
};

static const double strip_height = 9;
static const struct page_colour teal = {0.13, 0.47, 0.45};

struct strip {
	enum sight bins[CHART_BINS];
	int64_t length_ns[SIGHTS], until_ns, lost;
};

static enum sight sight_of(struct slice state)
{
	for (int i = SIGHT_SEEING; i < SIGHT_LOST; i++)
		if (slice_is(state, sight_names[i]))
			return (enum sight)i;
	return SIGHT_LOST;
}

/* The end of a span is the start of the next one: it belongs to that. */
static void add_span(struct strip *s, const struct chart_axis *a, int64_t from, int64_t to,
		     enum sight sight)
{
	int last = chart_axis_bin(a, to > from ? to - 1 : to);
	for (int bin = chart_axis_bin(a, from); bin <= last; bin++)
		if (sight > s->bins[bin])
			s->bins[bin] = sight;
	/* rounds of canaries are the end of one span and the start of the next */
	from = from < s->until_ns ? s->until_ns : from;
	to = to > a->from_ns + a->length_ns ? a->from_ns + a->length_ns : to;
	if (to > from) {
		s->length_ns[sight] += to - from;
		s->until_ns = to;
	}
}

static enum status read_strip(struct pdf *d, const char *witness, const struct chart_axis *a,
			      struct strip *ret, struct error *err)
{
	bool row = true;
	enum status status = OK;
	*ret = (struct strip){.until_ns = a->from_ns};
	sqlite3_stmt *q = store_query(d->store, QUERY_REPORT_SPANS);
	store_bind_text(q, 1, witness);
	while (!status && !(status = store_step(q, &row, err)) && row) {
		add_span(ret, a, store_i64(q, 0), store_i64(q, 1), sight_of(store_slice(q, 2)));
		ret->lost += store_i64(q, 3);
	}
	sqlite3_reset(q);
	return status;
}

/* Seeing is filled and half high, blind an empty frame, lost black and full high. */
static void draw_run(struct page *p, double x, double width, double y, enum sight sight)
{
	switch (sight) {
	case SIGHT_SEEING:
		page_box(p, x, y + 2, width, strip_height - 4, teal);
		break;
	case SIGHT_BLIND:
		page_colour(p, page_black);
		cairo_set_line_width(p->cr, 0.7);
		cairo_rectangle(p->cr, x + 0.4, y + 0.4, width - 0.8, strip_height - 0.8);
		cairo_stroke(p->cr);
		break;
	case SIGHT_LOST:
		page_box(p, x, y, width, strip_height, page_black);
		break;
	case SIGHT_NONE:
	case SIGHTS:
		page_colour(p, page_grey);
		cairo_set_line_width(p->cr, 0.5);
		cairo_set_dash(p->cr, (double[]){1, 2}, 2, 0);
		cairo_move_to(p->cr, x, y + strip_height / 2);
		cairo_line_to(p->cr, x + width, y + strip_height / 2);
		cairo_stroke(p->cr);
		cairo_set_dash(p->cr, NULL, 0, 0);
		break;
	}
	page_colour(p, page_black);
}

static void draw_strip(struct page *p, const struct strip *s, const struct chart_axis *a, double y)
{
	for (int bin = 0; bin < CHART_BINS;) {
		int end = bin;
		while (end < CHART_BINS && s->bins[end] == s->bins[bin])
			end++;
		double x = chart_axis_x(a, bin);
		draw_run(p, x, chart_axis_x(a, end) - x, y, s->bins[bin]);
		bin = end;
	}
}

/* Coverage has to reach the end of the command; behind it the watch is wound up. */
static void draw_end(struct page *p, const struct facts *f, const struct chart_axis *a, double y)
{
	int64_t end = facts_number(f, FACT_COMMAND_ENDED, 0);
	if (end <= a->from_ns || end >= a->from_ns + a->length_ns)
		return;
	double x = a->x + a->width * (double)(end - a->from_ns) / (double)a->length_ns;
	cairo_set_line_width(p->cr, 1);
	cairo_move_to(p->cr, x, y - 2);
	cairo_line_to(p->cr, x, y + strip_height + 2);
	cairo_stroke(p->cr);
}

static void draw_legend(struct page *p)
{
	static const char *const words[] = {"not shown to see", "seeing", "blind", "records lost"};
	for (int i = 0; i < SIGHTS; i++) {
		double x = p->x + i * 100;
		draw_run(p, x, 22, p->y, (enum sight)i);
		page_text_at(p, PAGE_SMALL, x + 27, p->y, 72, 1, words[i]);
	}
	page_colour(p, page_black);
	cairo_set_line_width(p->cr, 1);
	cairo_move_to(p->cr, p->x + SIGHTS * 100 + 3, p->y - 2);
	cairo_line_to(p->cr, p->x + SIGHTS * 100 + 3, p->y + strip_height + 2);
	cairo_stroke(p->cr);
	page_text_at(p, PAGE_SMALL, p->x + SIGHTS * 100 + 8, p->y, 90, 1, "end of the command");
	p->y += 18;
}

static void add_note(struct text *t, sqlite3_stmt *q, const struct strip *s)
{
	static const char *const words[] = {NULL, "saw ", "blind for ", "losing records for "};
	text_addf(t, "%s; ", store_i64(q, 2) ? "required" : "optional");
	text_add_printable(t, store_slice(q, 1), NOTE_MAX);
	if (!store_i64(q, 3))
		text_add_string(t, "; not tested by canaries");
	else if (!s->length_ns[SIGHT_SEEING])
		text_add_string(t, "; at no time shown to see");
	for (int i = SIGHT_SEEING; i < SIGHTS; i++) {
		if (s->length_ns[i] == 0)
			continue;
		text_addf(t, "; %s", words[i]);
		pdf_add_duration(t, s->length_ns[i]);
	}
	if (s->lost > 0) {
		text_add_string(t, "; ");
		pdf_add_count(t, s->lost, "record lost", "records lost");
	}
	text_add_string(t, ".\n");
	text_add_printable(t, store_slice(q, 4), NOTE_MAX);
	if (!slice_is(store_slice(q, 1), "on") && store_slice(q, 5).size) {
		text_add_string(t, "\nWhat to do: ");
		text_add_printable(t, store_slice(q, 5), NOTE_MAX);
	}
	if (!store_is_null(q, 6)) {
		text_add_string(t, "\nParts missing: ");
		text_add_printable(t, store_slice(q, 6), NOTE_MAX);
	}
}

static void draw_witness(struct pdf *d, sqlite3_stmt *q, const struct strip *s,
			 const struct chart_axis *a)
{
	struct page *p = &d->page;
	AUTO_TEXT struct text t = text_make(NOTE_MAX * 40);
	text_add_printable(&t, store_slice(q, 0), NOTE_MAX);
	page_need(p, 48);
	page_text_at(p, PAGE_BOLD, p->x, p->y - 1, CHART_LABEL - 8, 1, text_string(&t));
	draw_strip(p, s, a, p->y);
	draw_end(p, d->facts, a, p->y);
	p->y += strip_height + 3;
	text_clear(&t);
	add_note(&t, q, s);
	p->y += page_text_at(p, PAGE_SMALL, a->x, p->y, a->width, 6, text_string(&t)) + 7;
}

enum status pdf_coverage(struct pdf *d, struct error *err)
{
	struct page *p = &d->page;
	struct strip s;
	bool row = true;
	enum status status = OK;
	page_need(p, 170);
	page_heading(p, "Coverage: what each witness could see");
	draw_legend(p);
	struct chart_axis a = chart_axis_of(p, d->facts);
	unsigned axis_on = 0;
	sqlite3_stmt *q = store_query(d->store, QUERY_REPORT_WITNESSES);
	while (!status && !(status = store_step(q, &row, err)) && row) {
		page_need(p, 70);
		if (axis_on != p->number)
			chart_axis_draw(p, &a);
		axis_on = p->number;
		status = read_strip(d, store_text(q, 0), &a, &s, err);
		if (!status)
			draw_witness(d, q, &s, &a);
	}
	sqlite3_reset(q);
	if (!axis_on)
		page_text(p, PAGE_BODY, "The evidence names no witness.");
	return status;
}
