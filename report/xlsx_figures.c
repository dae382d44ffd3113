/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The figures that people draw first, as small tables of two columns with a bar chart of the
 * workbook's own beside each; so that whoever filters or copies has them at hand.
 */
#include "report/xlsx.h"

#include <stdio.h>

enum {
	BARS_MAX = 64,
	CHART_ROWS = 16, /* that a chart takes in height */
	NAME_WIDTH = 44,
	NUMBER_WIDTH = 18,
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

static void draw(struct xlsx *x, lxw_worksheet *to, const struct figure *figure, lxw_row_t first, lxw_row_t last)
{
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
	worksheet_write_string(to, *at, 0, sqlite3_column_name(q, 0), x->format[XLSX_HEADING]);
	worksheet_write_string(to, *at, 1, sqlite3_column_name(q, 1), x->format[XLSX_HEADING]);
	while (!status && !(status = store_step(q, &row, err)) && row && next <= *at + BARS_MAX) {
		xlsx_put(x, to, next, 0, store_slice(q, 0), XLSX_PLAIN);
		worksheet_write_number(to, next++, 1, sqlite3_column_double(q, 1), NULL);
	}
	sqlite3_reset(q);
	if (next == *at + 1) {
		worksheet_write_string(to, next, 0, "none", NULL);
		*at = next + 3;
		return status;
	}
	draw(x, to, figure, *at + 1, next - 1);
	*at = next > *at + CHART_ROWS ? next + 2 : *at + CHART_ROWS + 2;
	return status;
}

enum status xlsx_figures_write(struct xlsx *x, struct error *err)
{
	lxw_row_t at = 0;
	lxw_worksheet *to = workbook_add_worksheet(x->book, "Figures");
	if (!to)
		return fail(err, ERR_INTERNAL, "cannot add the sheet Figures");
	worksheet_set_column(to, 0, 0, NAME_WIDTH, NULL);
	worksheet_set_column(to, 1, 1, NUMBER_WIDTH, NULL);
	worksheet_fit_to_pages(to, 1, 0);
	enum status status = OK;
	for (size_t i = 0; i < LENGTH(figures) && !status; i++)
		if (!figures[i].models || x->models)
			status = add(x, to, &figures[i], &at, err);
	return status ? status : xlsx_check(to, err);
}
