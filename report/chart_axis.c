/* SPDX-License-Identifier: Apache-2.0 */
#include "report/chart_axis.h"

#include "core/clock.h"

struct chart_axis chart_axis_over(const struct facts *f)
{
	int64_t length = f->to_ns > f->from_ns ? f->to_ns - f->from_ns : CLOCK_SECOND;
	return (struct chart_axis){.from_ns = f->from_ns, .length_ns = length};
}

struct chart_axis chart_axis_of(const struct page *p, const struct facts *f)
{
	struct chart_axis a = chart_axis_over(f);
	a.x = p->x + CHART_LABEL;
	a.width = p->width - CHART_LABEL;
	return a;
}

double chart_axis_x(const struct chart_axis *a, int bin)
{
	return a->x + a->width * bin / CHART_BINS;
}

int chart_axis_bin(const struct chart_axis *a, int64_t ns)
{
	if (ns <= a->from_ns)
		return 0;
	int64_t bin = (ns - a->from_ns) / (a->length_ns / CHART_BINS + 1);
	return bin < CHART_BINS ? (int)bin : CHART_BINS - 1;
}

/* The shortest round step that gives few enough ticks for their labels. */
static int64_t choose_step(int64_t length)
{
	static const int64_t milliseconds[] = {
		1,      2,      5,       10,      20,      50,      100,      200,      500,
		1000,   2000,   5000,    10000,   15000,   30000,   60000,    120000,   300000,
		600000, 900000, 1800000, 3600000, 7200000, 10800000, 21600000, 43200000, 86400000,
	};
	for (size_t i = 0; i < LENGTH(milliseconds); i++)
		if (length / (milliseconds[i] * CLOCK_MILLISECOND) <
		    (milliseconds[i] < 1000 ? CHART_TICKS_MAX - 3 : CHART_TICKS_MAX))
			return milliseconds[i] * CLOCK_MILLISECOND;
	return (length / CLOCK_DAY / CHART_TICKS_MAX + 1) * CLOCK_DAY;
}

/* `free_from` is where the label before ends; one that would run into it is left out. */
static void draw_tick(struct page *p, const struct chart_axis *a, int64_t ns, int64_t step,
		      double *free_from)
{
	char stamp[CLOCK_TEXT_MAX], label[CLOCK_TEXT_MAX];
	double x = a->x + a->width * (double)(ns - a->from_ns) / (double)a->length_ns;
	cairo_move_to(p->cr, x, p->y);
	cairo_line_to(p->cr, x, p->y + 3);
	cairo_stroke(p->cr);
	clock_text(ns, step < CLOCK_SECOND ? 3 : 0, stamp);
	struct slice s = slice_of_string(stamp);
	s = step < CLOCK_DAY ? slice_part(s, 11, s.size - 12) : slice_part(s, 0, 10);
	const double half = step < CLOCK_SECOND ? 28 : 22, end = p->x + p->width;
	double left = x + half > end ? end - 2 * half : x - half;
	if (left < *free_from || !slice_to_string(s, label, sizeof label))
		return;
	PangoAlignment side = x + half > end ? PANGO_ALIGN_RIGHT : PANGO_ALIGN_CENTER;
	page_aligned_at(p, PAGE_SMALL, side, left, p->y + 4, 2 * half, 1, label);
	*free_from = left + 2 * half;
}

void chart_axis_draw(struct page *p, const struct chart_axis *a)
{
	int64_t step = choose_step(a->length_ns);
	page_colour(p, page_grey);
	cairo_set_line_width(p->cr, 0.6);
	cairo_move_to(p->cr, a->x, p->y);
	cairo_line_to(p->cr, a->x + a->width, p->y);
	cairo_stroke(p->cr);
	page_text_at(p, PAGE_SMALL, p->x, p->y + 4, CHART_LABEL - 8, 1, "time (UTC)");
	double free_from = p->x + 40; /* behind "time (UTC)" */
	int64_t end = a->from_ns + a->length_ns;
	for (int64_t ns = (a->from_ns + step - 1) / step * step; ns <= end; ns += step)
		draw_tick(p, a, ns, step, &free_from);
	page_colour(p, page_black);
	p->y += 18;
}
