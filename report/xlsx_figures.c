/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The figures that people draw first, as small tables of two columns with a bar chart of the
 * workbook's own beside each; so that whoever filters or copies has them at hand.
 */
#include "report/xlsx.h"

#include <math.h>

enum {
	BARS_MAX = 64,
	CHART_ROWS = 16, /* that a chart takes in height */
	NAME_WIDTH = 44,
	NUMBER_WIDTH = 18,
	UNIT_MOST = 10,	  /* up to so many, an axis of counts has a line for each */
	PRINT_SCALE = 55, /* percent: table and chart beside each other, across A4 and Letter */
	PRINT_ROWS = 3 * (CHART_ROWS + 2), /* that surely fit on such a page, and so on each one */
	BREAKS_MAX = 16,
};

struct figure {
	const char *title;
	enum query query;
	bool models; /* of a benchmark: left out where there is none */
};

static const struct figure figures[] = {
	{"Attempts to leave, by vector", QUERY_FIGURE_VECTORS, false},
	{"Destinations that were tried most", QUERY_FIGURE_DESTINATIONS, false},
	{"The app's log held against the machine", QUERY_FIGURE_OUTCOMES, false},
	{"Findings by severity", QUERY_FIGURE_FINDINGS, false},
	{"How long each witness saw", QUERY_FIGURE_COVERAGE, false},
	{"How the machine is set up", QUERY_FIGURE_POSTURE, false},
	{"Attempts to leave, session by session", QUERY_FIGURE_PAST_BARS, false},
	{"Models: share of answers that passed, over all tasks", QUERY_FIGURE_MODELS, true},
	{"Models: tokens a second", QUERY_FIGURE_MODEL_SPEED, true},
};

/* What is drawn, from row `first` to `last`. */
struct drawn {
	lxw_row_t first, last;
	double most;
	bool whole; /* numbers only */
};

static void draw(struct xlsx *x, lxw_worksheet *to, const struct figure *figure, const struct drawn *drawn)
{
	lxw_row_t first = drawn->first, last = drawn->last;
	lxw_chart *chart = workbook_add_chart(x->book, LXW_CHART_BAR);
	lxw_chart_series *bars = chart_add_series(chart, NULL, NULL);
	/* blue of a kind that is told from grey by its lightness, and from red by the eye that cannot */
	lxw_chart_fill fill = {.color = 0x1F5A96};
	chart_series_set_categories(bars, "Figures", first, 0, last, 0);
	chart_series_set_values(bars, "Figures", first, 1, last, 1);
	chart_series_set_fill(bars, &fill);
	chart_series_set_labels(bars);
	chart_title_set_name(chart, figure->title);
	chart_legend_set_position(chart, LXW_CHART_LEGEND_NONE);
	/* of a bar chart the names are on its y axis; the first one on top */
	chart_axis_set_reverse(chart->y_axis);
	chart_axis_set_min(chart->x_axis, 0);
	if (drawn->whole && drawn->most <= UNIT_MOST)
		chart_axis_set_major_unit(chart->x_axis, 1); /* else there would be fifths of an attempt */
	double rows = last - first + 1;
	lxw_chart_options options = {.x_scale = 1.2, .y_scale = rows > CHART_ROWS ? rows / CHART_ROWS : 1.0, .description = (char *)figure->title};
	worksheet_insert_chart_opt(to, first - 1, 3, chart, &options);
}

static enum status add(struct xlsx *x, lxw_worksheet *to, const struct figure *figure, lxw_row_t *at, struct error *err)
{
	bool row = true;
	enum status status = OK;
	sqlite3_stmt *q = store_query(x->store, figure->query);
	lxw_row_t next = *at + 1;
	struct drawn drawn = {.first = next, .whole = true};
	worksheet_write_string(to, *at, 0, sqlite3_column_name(q, 0), x->format[XLSX_HEADING]);
	worksheet_write_string(to, *at, 1, sqlite3_column_name(q, 1), x->format[XLSX_HEADING]);
	while (!status && !(status = store_step(q, &row, err)) && row && next <= *at + BARS_MAX) {
		xlsx_put(x, to, next, 0, store_slice(q, 0), XLSX_PLAIN);
		double number = sqlite3_column_double(q, 1);
		drawn.whole = drawn.whole && number == floor(number);
		drawn.most = number > drawn.most ? number : drawn.most;
		worksheet_write_number(to, next++, 1, number, NULL);
	}
	sqlite3_reset(q);
	if (next == *at + 1) {
		worksheet_write_string(to, next, 0, "none", NULL);
		*at = next + 3;
		return status;
	}
	drawn.last = next - 1;
	draw(x, to, figure, &drawn);
	*at = next > *at + CHART_ROWS ? next + 2 : *at + CHART_ROWS + 2;
	return status;
}

enum status xlsx_figures_write(struct xlsx *x, struct error *err)
{
	lxw_row_t at = 0, page = 0, breaks[BREAKS_MAX + 1] = {0};
	size_t count = 0;
	lxw_worksheet *to = workbook_add_worksheet(x->book, "Figures");
	if (!to)
		return fail(err, ERR_INTERNAL, "cannot add the sheet Figures");
	worksheet_set_column(to, 0, 0, NAME_WIDTH, NULL);
	worksheet_set_column(to, 1, 1, NUMBER_WIDTH, NULL);
	worksheet_set_landscape(to);
	worksheet_set_print_scale(to, PRINT_SCALE);
	xlsx_margins(x, to);
	enum status status = OK;
	for (size_t i = 0; i < LENGTH(figures) && !status; i++) {
		lxw_row_t from = at;
		if (!figures[i].models || x->models)
			status = add(x, to, &figures[i], &at, err);
		if (at - page > PRINT_ROWS && from > page && count < BREAKS_MAX)
			page = breaks[count++] = from; /* no chart over two pages */
	}
	worksheet_set_h_pagebreaks(to, breaks);
	return status ? status : xlsx_check(to, err);
}
