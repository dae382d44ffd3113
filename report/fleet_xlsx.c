/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The workbook about many hosts: what all amounts to, hosts by nights, the trend with a chart, and
 * all rows of each part.
 */
#include "report/chart_nights.h"
#include "report/organisation.h"
#include "report/xlsx.h"

#include "core/clock.h"

#include <string.h>

enum {
	DAYS_MAX = 1000, /* of the sheet of nights; the last ones */
	NAME_WIDTH = 34,
	VALUE_WIDTH = 90,
	LINE_CHARACTERS = 84, /* that surely fit into that width */
	DATE_WIDTH = 24,
	WIDTH_MIN = 8,
	WIDTH_MAX = 60,
	EPOCH_DAY = 25569, /* 1970-01-01 in the days of a workbook */
	DAY_S = 86400,
};

static const char *const sheet_names[FLEET_PARTS] = {
	[FLEET_ALARMS] = "Stands out",	     [FLEET_HOSTS] = "Hosts",	      [FLEET_NIGHTS] = "Nights",     [FLEET_TREND] = "Trend",
	[FLEET_DESTINATIONS] = "Destinations", [FLEET_VECTORS] = "Vectors",	      [FLEET_FINDINGS] = "Findings", [FLEET_CONTROLS] = "Objectives",
	[FLEET_REFUSED] = "Refused",	     [FLEET_BUNDLES] = "Bundles",
};

static enum status add_sheet(struct xlsx *x, const char *name, lxw_worksheet **ret, struct error *err)
{
	*ret = workbook_add_worksheet(x->book, name);
	if (!*ret)
		return fail(err, ERR_INTERNAL, "cannot add the sheet %s", name);
	worksheet_set_landscape(*ret);
	worksheet_fit_to_pages(*ret, 1, 0);
	xlsx_margins(x, *ret);
	return OK;
}

static void line(struct xlsx *x, lxw_worksheet *to, lxw_row_t *row, const char *name, struct slice value)
{
	size_t lines = value.size / LINE_CHARACTERS + 1;
	if (!value.size)
		return;
	if (lines > 1)
		worksheet_set_row(to, *row, (double)lines * LXW_DEF_ROW_HEIGHT, NULL);
	worksheet_write_string(to, *row, 0, name, x->format[XLSX_BOLD]);
	xlsx_put(x, to, (*row)++, 1, value, XLSX_WRAP);
}

static void lines(struct xlsx *x, lxw_worksheet *to, lxw_row_t *row, const char *heading, const char *const texts[])
{
	worksheet_write_string(to, ++*row, 0, heading, x->format[XLSX_HEADING]);
	for (++*row; *texts; texts++)
		line(x, to, row, "", slice_of_string(*texts));
}

static enum status write_overview(struct xlsx *x, struct error *err)
{
	lxw_worksheet *to;
	lxw_row_t row = 1;
	struct organisation_field field;
	struct cursor fields = organisation_fields(x->facts);
	AUTO_TEXT struct text label = text_make(XLSX_CELL_MAX);
	char from[CLOCK_TEXT_MAX], until[CLOCK_TEXT_MAX];
	enum status status = add_sheet(x, "Overview", &to, err);
	if (status)
		return status;
	clock_text(x->facts->from_ns, 0, from);
	clock_text(x->facts->to_ns, 0, until);
	worksheet_set_column(to, 0, 0, NAME_WIDTH, NULL);
	worksheet_set_column(to, 1, 1, VALUE_WIDTH, NULL);
	worksheet_write_string(to, 0, 0, "airgap-verify: network egress of many hosts", x->format[XLSX_HEADING]);
	line(x, to, &row, "Verdict", slice_of_string(x->facts->verdict));
	line(x, to, &row, "In words", slice_of_string(x->facts->summary));
	line(x, to, &row, "From (UTC)", slice_of_string(from));
	line(x, to, &row, "To (UTC)", slice_of_string(until));
	line(x, to, &row, "Number", slice_of_string(x->facts->value[FACT_ID]));
	while (organisation_next(&fields, &field)) {
		text_clear(&label);
		organisation_add_label(&label, &field);
		line(x, to, &row, text_string(&label), field.value);
	}
	lines(x, to, &row, "How this was made", fleet_method);
	lines(x, to, &row, "What this does not show", fleet_limits);
	return xlsx_check(to, err);
}

/* The letter tells; colours are those of the other documents. */
static void colour_letters(struct xlsx *x, lxw_worksheet *to, lxw_row_t last_row, lxw_col_t last_column)
{
	static const struct {
		const char *letter;
		lxw_color_t fill, ink;
	} looks[] = {{"\"P\"", 0x9ECBE6, 0x000000}, {"\"I\"", 0xFFDE73, 0x000000}, {"\"F\"", 0x8C140F, 0xFFFFFF}};
	for (size_t i = 0; i < LENGTH(looks); i++) {
		lxw_conditional_format c = {.type = LXW_CONDITIONAL_TYPE_CELL, .criteria = LXW_CONDITIONAL_CRITERIA_EQUAL_TO,
					    .value_string = (char *)looks[i].letter, .format = workbook_add_format(x->book)};
		format_set_bg_color(c.format, looks[i].fill);
		format_set_font_color(c.format, looks[i].ink);
		worksheet_conditional_format_range(to, 1, 1, last_row, last_column, &c);
	}
}

static void write_heads(struct xlsx *x, lxw_worksheet *to, int64_t first, int64_t days)
{
	worksheet_write_string(to, 0, 0, "Host", x->format[XLSX_HEADING]);
	for (int64_t i = 0; i < days; i++) {
		char day[CHART_NIGHTS_DAY];
		chart_nights_day(first + i, day);
		worksheet_write_string(to, 0, (lxw_col_t)(i + 1), day, x->format[XLSX_HEADING]);
	}
}

/* Hosts down, nights across: P, I, F, or nothing where there is no evidence. */
static enum status write_picture(struct xlsx *x, const struct fleet *f, struct error *err)
{
	const struct fleet_rows *hosts = &f->rows[FLEET_HOSTS], *nights = &f->rows[FLEET_NIGHTS];
	int64_t days = f->days < DAYS_MAX ? f->days : DAYS_MAX, first = f->first_day + f->days - days;
	lxw_worksheet *to;
	enum status status = add_sheet(x, "Hosts by nights", &to, err);
	if (status)
		return status;
	worksheet_freeze_panes(to, 1, 1);
	worksheet_set_column(to, 0, 0, NAME_WIDTH, NULL);
	if (days)
		worksheet_set_column(to, 1, (lxw_col_t)days, WIDTH_MIN + 3, NULL);
	write_heads(x, to, first, days);
	for (size_t i = 0, at = 0; i < hosts->count; i++) {
		const char *name = fleet_at(f, FLEET_HOSTS, i)[HOSTS_NAME].text;
		xlsx_put(x, to, (lxw_row_t)(i + 1), 0, slice_of_string(name), XLSX_BOLD);
		for (; at < nights->count && !strcmp(fleet_at(f, FLEET_NIGHTS, at)[NIGHTS_HOST].text, name); at++) {
			const struct fleet_cell *night = fleet_at(f, FLEET_NIGHTS, at);
			int64_t day = night[NIGHTS_BEGAN].number / (DAY_S * INT64_C(1000000000)) - first;
			const char letter[] = {chart_nights_letter(night[NIGHTS_VERDICT].text), 0};
			if (day >= 0)
				worksheet_write_string(to, (lxw_row_t)(i + 1), (lxw_col_t)(day + 1), letter, NULL);
		}
	}
	if (days && hosts->count)
		colour_letters(x, to, (lxw_row_t)hosts->count, (lxw_col_t)days);
	return xlsx_check(to, err);
}

/* Hosts by verdict, one above the other. */
static void draw_trend(struct xlsx *x, lxw_worksheet *to, size_t rows, size_t columns)
{
	static const struct {
		size_t column;
		lxw_color_t fill;
	} parts[] = {{TREND_FAIL, 0x8C140F}, {TREND_OPEN, 0xFFDE73}, {TREND_PASS, 0x9ECBE6}};
	lxw_chart *chart = workbook_add_chart(x->book, LXW_CHART_COLUMN_STACKED);
	for (size_t i = 0; i < LENGTH(parts); i++) {
		lxw_chart_series *s = chart_add_series(chart, NULL, NULL);
		lxw_col_t column = (lxw_col_t)parts[i].column;
		lxw_chart_fill fill = {.color = parts[i].fill};
		chart_series_set_categories(s, sheet_names[FLEET_TREND], 1, TREND_NIGHT, (lxw_row_t)rows, TREND_NIGHT);
		chart_series_set_values(s, sheet_names[FLEET_TREND], 1, column, (lxw_row_t)rows, column);
		chart_series_set_name(s, fleet_about[FLEET_TREND].columns[parts[i].column].name);
		chart_series_set_fill(s, &fill);
	}
	chart_title_set_name(chart, "Hosts by verdict, night by night");
	lxw_chart_options options = {.x_scale = 2, .y_scale = 1.3, .description = (char *)"Hosts by verdict, night by night"};
	worksheet_insert_chart_opt(to, 1, (lxw_col_t)columns + 1, chart, &options);
}

static void put_cell(struct xlsx *x, lxw_worksheet *to, lxw_row_t row, lxw_col_t column, enum fleet_kind kind, const struct fleet_cell *c)
{
	if (c->text)
		xlsx_put(x, to, row, column, slice_of_string(c->text), XLSX_PLAIN);
	else if (c->number == FLEET_NO_NUMBER)
		return;
	else if (kind == FLEET_TIME)
		worksheet_write_number(to, row, column, (double)c->number / (DAY_S * 1e9) + EPOCH_DAY, x->format[XLSX_DATE]);
	else
		worksheet_write_number(to, row, column, kind == FLEET_PERMILLE ? (double)c->number / 10 : (double)c->number, NULL);
}

static enum status write_part(struct xlsx *x, const struct fleet *f, enum fleet_part part, struct error *err)
{
	const struct fleet_about *about = &fleet_about[part];
	const struct fleet_rows *rows = &f->rows[part];
	size_t width[FLEET_COLUMNS_MAX];
	lxw_worksheet *to;
	enum status status = add_sheet(x, sheet_names[part], &to, err);
	if (status)
		return status;
	worksheet_freeze_panes(to, 1, 0);
	worksheet_repeat_rows(to, 0, 0);
	for (size_t k = 0; k < rows->columns; k++) {
		width[k] = about->columns[k].kind == FLEET_TIME ? DATE_WIDTH : strlen(about->columns[k].name) + 4;
		worksheet_write_string(to, 0, (lxw_col_t)k, about->columns[k].name, x->format[XLSX_HEADING]);
	}
	for (size_t i = 0; i < rows->count; i++)
		for (size_t k = 0; k < rows->columns; k++) {
			const struct fleet_cell *c = &fleet_at(f, part, i)[k];
			put_cell(x, to, (lxw_row_t)(i + 1), (lxw_col_t)k, about->columns[k].kind, c);
			size_t wanted = c->text ? strlen(c->text) + 1 : 0;
			width[k] = wanted > width[k] ? wanted : width[k];
		}
	worksheet_autofilter(to, 0, 0, (lxw_row_t)(rows->count ? rows->count : 1), (lxw_col_t)(rows->columns - 1));
	for (size_t k = 0; k < rows->columns; k++)
		worksheet_set_column(to, (lxw_col_t)k, (lxw_col_t)k, (double)(width[k] < WIDTH_MIN ? WIDTH_MIN : width[k] > WIDTH_MAX ? WIDTH_MAX : width[k]), NULL);
	if (part == FLEET_TREND && rows->count)
		draw_trend(x, to, rows->count, rows->columns);
	return xlsx_check(to, err);
}

static enum status fill(struct xlsx *x, const void *of, struct error *err)
{
	enum status status = write_overview(x, err);
	if (!status)
		status = write_picture(x, of, err);
	for (size_t i = 0; i < FLEET_PARTS && !status; i++)
		status = write_part(x, of, (enum fleet_part)i, err);
	return status;
}

enum status fleet_xlsx_write(const struct fleet *f, int fd, struct error *err)
{
	const struct xlsx_book book = {
		.title = "airgap-verify: network egress of many hosts",
		.subject = "hosts, nights, verdicts, destinations, objectives, bundles",
		.comments = "Derived from the sealed bundles that the sheet Bundles lists.",
		.fill = fill,
		.of = f,
	};
	struct xlsx x = {.facts = &f->facts, .rows_max = XLSX_ROWS_MAX};
	return xlsx_book_write(&x, &book, fd, err);
}
