/* SPDX-License-Identifier: Apache-2.0 */
#include "report/fleet_chart.h"

#include "core/clock.h"

#include <stdio.h>

enum { NAME_MAX_BYTES = 400, WEEK = 7, TREND_VERDICTS = 3 };

static const double label_width = 130, day_most = 11, row_height = 10, trend_height = 70;

static const struct page_colour colours[] = {
	[FLEET_PASS] = {0.09, 0.42, 0.22}, [FLEET_INCONCLUSIVE] = {1.0, 0.80, 0.28}, [FLEET_FAIL] = {0.66, 0.11, 0.09}};

/* A full box, one with a bar, one with a cross, nothing. */
static void draw_night(struct page *p, enum fleet_night night, double x, double y, double size)
{
	if (night == FLEET_NONE)
		return;
	page_box(p, x, y, size, size, colours[night]);
	page_colour(p, night == FLEET_FAIL ? page_white : page_black);
	cairo_set_line_width(p->cr, 0.9);
	cairo_new_path(p->cr);
	if (night == FLEET_INCONCLUSIVE) {
		cairo_move_to(p->cr, x + size * 0.2, y + size / 2);
		cairo_line_to(p->cr, x + size * 0.8, y + size / 2);
	} else if (night == FLEET_FAIL) {
		cairo_move_to(p->cr, x + size * 0.2, y + size * 0.2);
		cairo_line_to(p->cr, x + size * 0.8, y + size * 0.8);
		cairo_move_to(p->cr, x + size * 0.8, y + size * 0.2);
		cairo_line_to(p->cr, x + size * 0.2, y + size * 0.8);
	}
	cairo_stroke(p->cr);
	page_colour(p, page_black);
}

/* The first of each week, above the nights. */
static void draw_days(struct page *p, const struct fleet_document *d, double day)
{
	for (size_t i = 0; i < d->days; i += WEEK) {
		char text[CLOCK_TEXT_MAX];
		clock_text((d->first_day + (int64_t)i) * 86400 * CLOCK_SECOND, 0, text);
		text[10] = 0;
		page_text_at(p, PAGE_SMALL, p->x + label_width + day * (double)i, p->y, day * WEEK, 1, text + 5);
	}
	p->y += 12;
}

static void draw_host(struct page *p, const struct fleet_document *d, const struct fleet_host *host, double day)
{
	AUTO_TEXT struct text name = text_make(NAME_MAX_BYTES);
	double size = (day < row_height ? day : row_height) - 1;
	page_need(p, row_height);
	text_add_printable(&name, slice_of_string(host->name), NAME_MAX_BYTES / 8);
	page_text_at(p, PAGE_SMALL, p->x, p->y - 1, label_width - 4, 1, text_string(&name));
	for (size_t i = 0; i < d->days; i++)
		draw_night(p, (enum fleet_night)host->nights[i], p->x + label_width + day * (double)i, p->y, size);
	p->y += row_height;
}

void fleet_chart_nights(struct page *p, const struct fleet_document *d)
{
	if (!d->picture_count) {
		page_text(p, PAGE_BODY, "There is no night.");
		return;
	}
	double day = (p->width - label_width) / (double)d->days;
	day = day < day_most ? day : day_most;
	page_textf(p, PAGE_SMALL, "The last %zu nights: a full box is PASS, one with a bar INCONCLUSIVE, one with a cross FAIL; where there is "
		   "none, there is no evidence.", d->days);
	draw_days(p, d, day);
	for (size_t i = 0; i < d->picture_count; i++)
		draw_host(p, d, &d->picture[i], day);
	page_space(p, 6);
	if (d->picture_more)
		page_textf(p, PAGE_SMALL, "There are more hosts than these %d.", FLEET_HOSTS_MAX);
}

/* From the foot up: FAIL, INCONCLUSIVE, PASS, each with its mark once there is room for it. */
static void draw_column(struct page *p, const struct fleet_cell *row, double x, double foot, double width, double of_one)
{
	static const struct {
		size_t column;
		enum fleet_night night;
	} parts[TREND_VERDICTS] = {{4, FLEET_FAIL}, {3, FLEET_INCONCLUSIVE}, {2, FLEET_PASS}};
	for (size_t i = 0; i < TREND_VERDICTS; i++) {
		double height = of_one * (double)row[parts[i].column].number;
		if (height <= 0)
			continue;
		page_box(p, x, foot - height, width, height, colours[parts[i].night]);
		if (height >= width)
			draw_night(p, parts[i].night, x, foot - height / 2 - width / 2, width);
		foot -= height;
	}
}

void fleet_chart_trend(struct page *p, const struct fleet_document *d)
{
	const struct fleet_table *t = &d->tables[FLEET_TREND];
	const size_t count = t->rows < FLEET_NIGHTS_MAX ? t->rows : FLEET_NIGHTS_MAX;
	int64_t most = 1;
	char text[32];
	/* the newest night is the first row, and the last column */
	for (size_t i = 0; i < count; i++)
		most = t->cells[i * t->columns + 1].number > most ? t->cells[i * t->columns + 1].number : most;
	page_need(p, trend_height + 40);
	double day = (p->width - label_width) / (double)count, foot = p->y + trend_height;
	day = day < day_most ? day : day_most;
	snprintf(text, sizeof text, "%lld %s", (long long)most, most == 1 ? "host" : "hosts");
	page_text_at(p, PAGE_SMALL, p->x, p->y + 2, label_width - 4, 1, text);
	page_rule(p, p->y, 0.3);
	for (size_t i = 0; i < count; i++) {
		const struct fleet_cell *row = &t->cells[(count - 1 - i) * t->columns];
		double x = p->x + label_width + day * (double)i;
		draw_column(p, row, x, foot, day - 1, trend_height / (double)most);
		if (i % WEEK == 0)
			page_text_at(p, PAGE_SMALL, x, foot + 2, day * WEEK, 1, row[0].text + 5);
	}
	page_rule(p, foot, 0.6);
	p->y = foot + 18;
}
