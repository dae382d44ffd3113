/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Attempts over the time of the session, a lane for each process. Attempts are
 * counted into bins, so that a million of them draw as fast as ten.
 */
#include "report/chart_axis.h"
#include "report/chart_mark.h"
#include "report/pdf.h"
#include "report/pdf_words.h"

enum { NAME_BYTES_MAX = 500 };

static const double lane_height = 13.5;

/* What stays on the machine runs along the foot of the lane, the rest above it. */
static void draw_marks(struct page *p, const struct tally_lane *lane, const struct chart_axis *a)
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

static void draw_lane(struct page *p, const struct tally_lane *lane, const char *name, const struct chart_axis *a)
{
	page_colour(p, (struct page_colour){0.85, 0.85, 0.85});
	cairo_set_line_width(p->cr, 0.4);
	cairo_move_to(p->cr, p->x, p->y + lane_height - 0.5);
	cairo_line_to(p->cr, a->x + a->width, p->y + lane_height - 0.5);
	cairo_stroke(p->cr);
	page_colour(p, page_black);
	page_text_at(p, lane->leaving ? PAGE_CELL_BOLD : PAGE_CELL, p->x, p->y + 2, CHART_LABEL - 8, 1, name);
	draw_marks(p, lane, a);
	p->y += lane_height;
}

static void add_name(struct text *t, const struct tally_lane *lane)
{
	if (!lane->comm && !lane->pid_known)
		text_add_string(t, "not attributed");
	else if (lane->comm)
		text_add_printable(t, slice_of_string(lane->comm), NAME_BYTES_MAX);
	if (lane->pid_known)
		text_addf(t, " (%lld)", (long long)lane->pid);
}

static void draw_timeline(struct pdf *d, const struct chart_axis *a)
{
	struct page *p = &d->page;
	const struct tally *t = d->tally;
	AUTO_TEXT struct text name = text_make(NAME_BYTES_MAX * 12);
	chart_mark_legend(p);
	for (size_t i = 0; i < t->lane_count; i++) {
		text_clear(&name);
		add_name(&name, &t->lanes[i]);
		draw_lane(p, &t->lanes[i], text_string(&name), a);
	}
	if (t->lanes_all > TALLY_LANES_MAX) {
		text_clear(&name);
		pdf_add_number(&name, t->lanes_all - TALLY_LANES_MAX);
		text_add_string(&name, " more processes");
		draw_lane(p, &t->lanes[TALLY_LANE_OTHERS], text_string(&name), a);
	}
	chart_axis_draw(p, a);
}

enum status pdf_timeline(struct pdf *d, struct error *err)
{
	(void)err;
	/* the lanes are on one page, and their heading with them */
	page_need(&d->page, (double)(d->tally->lane_count + 1) * lane_height + 105);
	page_heading(&d->page, "Timeline of attempts");
	if (d->facts->count[COUNT_ATTEMPTS] == 0) {
		page_text(&d->page, PAGE_BODY, "The session made no attempt to connect or send.");
		return OK;
	}
	page_text(&d->page, PAGE_BODY,
		  "A lane for each process; those that tried to leave this machine come first, in "
		  "bold. A larger mark: more attempts.");
	page_space(&d->page, 5);
	struct chart_axis a = chart_axis_of(&d->page, d->facts);
	draw_timeline(d, &a);
	return OK;
}
