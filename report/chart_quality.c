/* SPDX-License-Identifier: Apache-2.0 */
#include "report/chart_bench.h"

#include <stdio.h>
#include <stdlib.h>

enum { MODELS_MAX = 40, NAME_MAX_BYTES = 64, TICKS = 5 };

/* Of QUERY_REPORT_BENCH_QUALITY. */
enum column { MODEL, SHARE, LOW, HIGH, RATE, VRAM };

struct point {
	char name[NAME_MAX_BYTES * 8];
	double share, low, high, at;
};

struct plot {
	const char *title, *below;
	enum column column;
	double unit; /* what a step of the axis is */
	double x, y, width, height, most;
	struct point points[MODELS_MAX];
	size_t count;
};

static const struct page_colour light = {0.85, 0.85, 0.85};
static const double gap = 26, label_height = 9;

static enum status read_points(struct pdf *d, struct plot *ret, struct error *err)
{
	bool row = true;
	enum status status = OK;
	sqlite3_stmt *q = store_query(d->store, QUERY_REPORT_BENCH_QUALITY);
	store_bind_i64(q, 1, MODELS_MAX);
	while (!status && !(status = store_step(q, &row, err)) && row) {
		AUTO_TEXT struct text name = text_make(8 * NAME_MAX_BYTES);
		struct point *p = &ret->points[ret->count];
		if (store_is_null(q, (int)ret->column))
			continue;
		text_add_printable(&name, store_slice(q, MODEL), NAME_MAX_BYTES);
		slice_to_string(text_slice(&name), p->name, sizeof p->name);
		p->share = store_real(q, SHARE);
		p->low = store_real(q, LOW);
		p->high = store_real(q, HIGH);
		p->at = store_real(q, (int)ret->column) / ret->unit;
		ret->most = p->at > ret->most ? p->at : ret->most;
		ret->count++;
	}
	sqlite3_reset(q);
	return status;
}

/* The next number like 1, 2 or 5 with zeros that five steps of reach the largest. */
static double choose_step(double most)
{
	static const double first[] = {1, 2, 5};
	double tens = 0.01;
	for (int i = 0; i < 60; i++, tens *= i % 3 ? 1 : 10)
		if (first[i % 3] * tens * TICKS >= most)
			return first[i % 3] * tens;
	return most / TICKS;
}

static double across(const struct plot *p, double at)
{
	return p->x + p->width * at / p->most;
}

static double up(const struct plot *p, double share)
{
	return p->y + p->height * (1 - share);
}

static void draw_axes(struct page *page, struct plot *p)
{
	double step = choose_step(p->most);
	p->most = step * TICKS;
	for (int i = 0; i <= TICKS; i++) {
		char label[32];
		double y = up(p, i / (double)TICKS), x = across(p, i * step);
		page_colour(page, light);
		page_line(page, p->x, y, p->x + p->width, y, 0.4);
		page_colour(page, page_grey);
		snprintf(label, sizeof label, "%d %%", i * 100 / TICKS);
		page_aligned_at(page, PAGE_SMALL, PANGO_ALIGN_RIGHT, p->x - 30, y - 4.5, 26, 1, label);
		snprintf(label, sizeof label, "%g", i * step);
		page_aligned_at(page, PAGE_SMALL, PANGO_ALIGN_CENTER, x - 20, p->y + p->height + 4, 40, 1, label);
		page_line(page, x, p->y + p->height, x, p->y + p->height + 3, 0.6);
	}
	page_line(page, p->x, p->y + p->height, p->x + p->width, p->y + p->height, 0.6);
	page_line(page, p->x, p->y, p->x, p->y + p->height, 0.6);
	page_aligned_at(page, PAGE_SMALL, PANGO_ALIGN_CENTER, p->x, p->y + p->height + 14, p->width, 1, p->below);
	page_colour(page, page_black);
	page_text_at(page, PAGE_CELL_BOLD, p->x - 26, p->y - 18, p->width + 26, 1, p->title);
}

/* Names do not lie on each other: each goes down to where there is room, or is left out. */
static void draw_name(struct page *page, const struct plot *p, size_t n, double taken[])
{
	const double width = 118;
	double x = across(p, p->points[n].at) + 5, y = up(p, p->points[n].share) - label_height / 2;
	bool left = x + width > p->x + p->width;
	for (size_t i = 0; i < n; i++)
		for (size_t k = 0; k < n; k++)
			if (taken[k] > 0 && y > taken[k] - label_height && y < taken[k] + label_height)
				y = taken[k] + label_height;
	taken[n] = y + label_height < p->y + p->height ? y : -1;
	if (taken[n] > 0)
		page_aligned_at(page, PAGE_SMALL, left ? PANGO_ALIGN_RIGHT : PANGO_ALIGN_LEFT, left ? x - 10 - width : x, y, width, 1,
				p->points[n].name);
}

static void draw_points(struct page *page, const struct plot *p)
{
	double taken[MODELS_MAX] = {0};
	for (size_t i = 0; i < p->count; i++) {
		const struct point *point = &p->points[i];
		double x = across(p, point->at);
		page_colour(page, chart_bench_ink);
		page_line(page, x, up(p, point->low), x, up(p, point->high), 1);
		page_line(page, x - 2.5, up(p, point->low), x + 2.5, up(p, point->low), 1);
		page_line(page, x - 2.5, up(p, point->high), x + 2.5, up(p, point->high), 1);
		cairo_arc(page->cr, x, up(p, point->share), 2.8, 0, 6.2831853);
		cairo_fill(page->cr);
		page_colour(page, page_black);
		draw_name(page, p, i, taken);
	}
}

static enum status draw_plot(struct pdf *d, struct plot *p, struct error *err)
{
	enum status status = read_points(d, p, err);
	if (status)
		return status;
	draw_axes(&d->page, p);
	if (p->count == 0)
		page_text_at(&d->page, PAGE_SMALL, p->x + 8, p->y + p->height / 2, p->width - 16, 2, "Of no model it is known.");
	draw_points(&d->page, p);
	return OK;
}

enum status chart_qualities(struct pdf *d, struct error *err)
{
	struct page *page = &d->page;
	const double height = 150, width = (page->width - gap) / 2 - 32;
	struct plot *plots = must_alloc(2, sizeof *plots);
	page_need(page, height + 62);
	page->y += 24; /* the titles stand above, also on top of a page */
	plots[0] = (struct plot){.title = "Quality against speed", .below = "tokens a second", .column = RATE, .unit = 1,
				 .x = page->x + 30, .y = page->y, .width = width, .height = height};
	plots[1] = (struct plot){.title = "Quality against memory", .below = "GiB of graphics memory", .column = VRAM,
				 .unit = 1073741824, .x = page->x + page->width / 2 + gap / 2 + 30, .y = page->y, .width = width,
				 .height = height};
	enum status status = draw_plot(d, &plots[0], err);
	if (!status)
		status = draw_plot(d, &plots[1], err);
	free(plots);
	page->y += height + 32;
	return status;
}
