/* SPDX-License-Identifier: Apache-2.0 */
#include "report/chart_mark.h"

#include <math.h>

enum shape { SHAPE_TICK, SHAPE_DIAMOND, SHAPE_PLUS, SHAPE_TRIANGLE, SHAPE_CROSS, SHAPE_SQUARE };

/* Colours after Okabe and Ito, told apart with any kind of colour sight. */
static const struct {
	const char *words;
	enum shape shape;
	struct page_colour colour;
} places[PLACE_COUNT] = {
	[PLACE_LOCAL] = {"this machine", SHAPE_TICK, {0.45, 0.45, 0.45}},
	[PLACE_LINK_LOCAL] = {"link-local", SHAPE_DIAMOND, {0, 0.45, 0.70}},
	[PLACE_MULTICAST] = {"multicast", SHAPE_PLUS, {0.60, 0.30, 0.50}},
	[PLACE_PRIVATE] = {"private network", SHAPE_TRIANGLE, {0.85, 0.55, 0}},
	[PLACE_UNKNOWN] = {"not known", SHAPE_CROSS, {0, 0, 0}},
	[PLACE_PUBLIC] = {"public", SHAPE_SQUARE, {0.75, 0.15, 0.05}},
};

enum chart_place chart_place_of(struct slice class)
{
	static const struct {
		const char *name;
		enum chart_place place;
	} names[] = {
		{"loopback", PLACE_LOCAL},         {"own", PLACE_LOCAL},
		{"unix", PLACE_LOCAL},             {"link_local", PLACE_LINK_LOCAL},
		{"multicast", PLACE_MULTICAST},    {"private", PLACE_PRIVATE},
		{"public", PLACE_PUBLIC},
	};
	for (size_t i = 0; i < LENGTH(names); i++)
		if (slice_is(class, names[i].name))
			return names[i].place;
	return PLACE_UNKNOWN;
}

static void polygon(struct page *p, const double points[][2], size_t count, double x, double y,
		    double r)
{
	for (size_t i = 0; i < count; i++)
		cairo_line_to(p->cr, x + points[i][0] * r, y + points[i][1] * r);
	cairo_close_path(p->cr);
	cairo_fill(p->cr);
}

static void strokes(struct page *p, const double points[][2], size_t count, double x, double y,
		    double r)
{
	cairo_set_line_width(p->cr, 1.3);
	for (size_t i = 0; i + 1 < count; i += 2) {
		cairo_move_to(p->cr, x + points[i][0] * r, y + points[i][1] * r);
		cairo_line_to(p->cr, x + points[i + 1][0] * r, y + points[i + 1][1] * r);
	}
	cairo_stroke(p->cr);
}

void chart_mark_draw(struct page *p, enum chart_place place, double x, double y, int64_t count)
{
	static const double diamond[][2] = {{0, -1.2}, {1.2, 0}, {0, 1.2}, {-1.2, 0}};
	static const double triangle[][2] = {{0, -1.2}, {1.15, 0.9}, {-1.15, 0.9}};
	static const double square[][2] = {{-1, -1}, {1, -1}, {1, 1}, {-1, 1}};
	static const double plus[][2] = {{-1.2, 0}, {1.2, 0}, {0, -1.2}, {0, 1.2}};
	static const double cross[][2] = {{-1, -1}, {1, 1}, {-1, 1}, {1, -1}};
	static const double tick[][2] = {{0, 1}, {0, -1}};
	double r = 2 + 0.5 * fmin(log10((double)count), 3);
	page_colour(p, places[place].colour);
	switch (places[place].shape) {
	case SHAPE_TICK:
		strokes(p, tick, LENGTH(tick), x, y, r);
		break;
	case SHAPE_DIAMOND:
		polygon(p, diamond, LENGTH(diamond), x, y, r);
		break;
	case SHAPE_PLUS:
		strokes(p, plus, LENGTH(plus), x, y, r);
		break;
	case SHAPE_TRIANGLE:
		polygon(p, triangle, LENGTH(triangle), x, y, r);
		break;
	case SHAPE_CROSS:
		strokes(p, cross, LENGTH(cross), x, y, r);
		break;
	case SHAPE_SQUARE:
		polygon(p, square, LENGTH(square), x, y, r);
		break;
	}
	page_colour(p, page_black);
}

void chart_mark_legend(struct page *p)
{
	const double step = p->width / PLACE_COUNT;
	for (int i = 0; i < PLACE_COUNT; i++) {
		double x = p->x + i * step;
		chart_mark_draw(p, (enum chart_place)i, x + 4, p->y + 5, 10);
		page_text_at(p, PAGE_SMALL, x + 11, p->y + 0.5, step - 12, 1, places[i].words);
	}
	p->y += 15;
}
