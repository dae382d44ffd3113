/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Sessions of a host one after the other. Height and form tell; colour only helps: a verdict
 * is a disc, a square or a triangle, and this session has a frame around it.
 */
#include "report/chart_past.h"

#include "report/pdf_words.h"

#include <math.h>

static const double label_width = 96, column_most = 26, bars_height = 78, seen_height = 14;
static const struct page_colour blue = {0, 0.35, 0.58}, teal = {0.13, 0.47, 0.44};

enum { NUMBERED_MIN = 20 /* points of a column with a number above it */, DATES_MAX = 6 };

struct lie {
	double x, column; /* where the first column begins, and its width */
	double bars, verdicts, seen, end; /* feet and middles of the rows, from the top down */
};

static struct lie lie_of(const struct page *p, size_t count)
{
	double room = p->width - label_width, column = room / (double)count;
	struct lie l = {.x = p->x + label_width, .column = column < column_most ? column : column_most};
	l.bars = p->y + 12 + bars_height;
	l.verdicts = l.bars + 13;
	l.seen = l.verdicts + 12 + seen_height;
	l.end = l.seen + 3;
	return l;
}

static double middle(const struct lie *l, size_t i)
{
	return l->x + l->column * ((double)i + 0.5);
}

static void draw_verdict(struct page *p, enum past_verdict verdict, double x, double y, double r)
{
	static const struct page_colour colours[PAST_VERDICTS] = {
		{0.09, 0.42, 0.22}, {0.66, 0.11, 0.09}, {1.0, 0.80, 0.28}, {0.35, 0.35, 0.35}};
	page_colour(p, colours[verdict]);
	cairo_set_line_width(p->cr, 0.9);
	cairo_new_path(p->cr);
	switch (verdict) {
	case PAST_PASS:
		cairo_arc(p->cr, x, y, r, 0, 2 * 3.14159265358979);
		cairo_fill(p->cr);
		break;
	case PAST_FAIL:
		cairo_rectangle(p->cr, x - r, y - r, 2 * r, 2 * r);
		cairo_fill(p->cr);
		break;
	case PAST_INCONCLUSIVE:
		cairo_move_to(p->cr, x, y - r);
		cairo_line_to(p->cr, x + r, y + r);
		cairo_line_to(p->cr, x - r, y + r);
		cairo_close_path(p->cr);
		cairo_fill_preserve(p->cr);
		page_colour(p, page_black);
		cairo_stroke(p->cr);
		break;
	case PAST_NOT_KNOWN:
	case PAST_VERDICTS:
		cairo_move_to(p->cr, x - r, y - r);
		cairo_line_to(p->cr, x + r, y + r);
		cairo_move_to(p->cr, x - r, y + r);
		cairo_line_to(p->cr, x + r, y - r);
		cairo_stroke(p->cr);
		break;
	}
	page_colour(p, page_black);
}

static void draw_column(struct page *p, const struct lie *l, const struct past_rows *rows, size_t i)
{
	const struct past_row *r = &rows->at[i];
	double left = l->x + l->column * (double)i, gap = l->column * 0.15, width = l->column - 2 * gap;
	double height = rows->most > 0 && r->leaving > 0 ? bars_height * (double)r->leaving / (double)rows->most : 0;
	if (r->leaving > 0)
		page_box(p, left + gap, l->bars - fmax(height, 0.8), width, fmax(height, 0.8), blue);
	if (l->column >= NUMBERED_MIN && r->leaving >= 0) {
		AUTO_TEXT struct text number = text_make(32);
		pdf_add_number(&number, r->leaving);
		page_aligned_at(p, PAGE_CELL, PANGO_ALIGN_CENTER, left - 10, l->bars - height - 11, l->column + 20, 1, text_string(&number));
	}
	draw_verdict(p, r->verdict, middle(l, i), l->verdicts, fmin(3.2, l->column * 0.38));
	if (r->seen_permille >= 0) {
		double seen = seen_height * (double)(r->seen_permille > 1000 ? 1000 : r->seen_permille) / 1000;
		page_box(p, left + gap, l->seen - seen, width, seen, teal);
	}
}

static void draw_lines(struct page *p, const struct lie *l, size_t count)
{
	cairo_set_line_width(p->cr, 0.5);
	const double feet[] = {l->bars, l->seen};
	for (size_t i = 0; i < LENGTH(feet); i++) {
		cairo_move_to(p->cr, l->x, feet[i]);
		cairo_line_to(p->cr, l->x + l->column * (double)count, feet[i]);
	}
	cairo_stroke(p->cr);
	cairo_set_line_width(p->cr, 0.8);
	cairo_rectangle(p->cr, l->x + l->column * (double)(count - 1), l->bars - bars_height - 2, l->column, l->end - l->bars + bars_height + 4);
	cairo_stroke(p->cr);
}

/* Of some of them the day, and which is the last. */
static void draw_dates(struct page *p, const struct lie *l, const struct past_rows *rows)
{
	const double room = 60;
	double free_from = l->x - room, last = fmin(middle(l, rows->count - 1) - room / 2, p->x + p->width - room);
	size_t step = (rows->count + DATES_MAX - 1) / DATES_MAX;
	for (size_t i = 0; i < rows->count; i += step) {
		double x = middle(l, i) - room / 2;
		AUTO_TEXT struct text date = text_make(40);
		if (x < free_from || x + room > last)
			continue;
		pdf_add_time(&date, rows->at[i].started_ns);
		char day[11];
		slice_to_string(slice_part(text_slice(&date), 0, sizeof day - 1), day, sizeof day);
		page_aligned_at(p, PAGE_SMALL, PANGO_ALIGN_CENTER, x, l->end + 3, room, 1, day);
		free_from = x + room;
	}
	page_aligned_at(p, PAGE_CELL_BOLD, PANGO_ALIGN_CENTER, last, l->end + 3, room, 1, "this session");
}

static void draw_labels(struct page *p, const struct lie *l, const struct past_rows *rows)
{
	AUTO_TEXT struct text most = text_make(64);
	text_add_string(&most, "at most ");
	pdf_add_number(&most, rows->most);
	page_text_at(p, PAGE_CELL_BOLD, p->x, l->bars - bars_height, label_width - 6, 1, "Attempts to leave");
	page_text_at(p, PAGE_CELL, p->x, l->bars - bars_height + 11, label_width - 6, 1, text_string(&most));
	page_text_at(p, PAGE_CELL_BOLD, p->x, l->verdicts - 5, label_width - 6, 1, "Verdict");
	page_text_at(p, PAGE_CELL_BOLD, p->x, l->seen - seen_height + 1, label_width - 6, 1, "Seen, of the window");
}

static void draw_legend(struct page *p)
{
	double x = p->x;
	for (enum past_verdict v = PAST_PASS; v < PAST_VERDICTS; v++) {
		draw_verdict(p, v, x + 4, p->y + 6, 3.2);
		page_text_at(p, PAGE_SMALL, x + 12, p->y + 0.5, 90, 1, past_verdict_name(v));
		x += 100;
	}
	p->y += 16;
}

void chart_past_draw(struct page *p, const struct past_rows *rows)
{
	page_need(p, bars_height + 90);
	draw_legend(p);
	struct lie l = lie_of(p, rows->count);
	draw_labels(p, &l, rows);
	for (size_t i = 0; i < rows->count; i++)
		draw_column(p, &l, rows, i);
	draw_lines(p, &l, rows->count);
	draw_dates(p, &l, rows);
	p->y = l.end + 20;
}
