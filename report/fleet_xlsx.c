/* SPDX-License-Identifier: Apache-2.0 */
#include "report/fleet_document.h"

#include "report/xlsx.h"

#include "core/clock.h"

#include <errno.h>
#include <stdio.h>
#include <string.h>

enum { EPOCH_DAY = 25569, WIDTH_MIN = 10, WIDTH_MAX = 60, DATE_WIDTH = 24 };

enum look { LOOK_HEADING, LOOK_DATE, LOOK_PASS, LOOK_INCONCLUSIVE, LOOK_FAIL, LOOK_COUNT };

struct book {
	const struct fleet_document *document;
	lxw_workbook *book;
	lxw_format *looks[LOOK_COUNT];
	struct text cell; /* owned; reused */
};

static void make_looks(struct book *b)
{
	static const lxw_color_t fills[LOOK_COUNT] = {
		[LOOK_HEADING] = 0xDCE6F1, [LOOK_PASS] = 0xC6E5D0, [LOOK_INCONCLUSIVE] = 0xFFE9A8, [LOOK_FAIL] = 0xF2B8B5};
	for (size_t i = 0; i < LOOK_COUNT; i++) {
		b->looks[i] = workbook_add_format(b->book);
		if (fills[i])
			format_set_bg_color(b->looks[i], fills[i]);
	}
	format_set_bold(b->looks[LOOK_HEADING]);
	format_set_num_format(b->looks[LOOK_DATE], "yyyy-mm-dd hh:mm:ss.000");
	format_set_align(b->looks[LOOK_DATE], LXW_ALIGN_LEFT);
}

static void put(struct book *b, lxw_worksheet *to, size_t row, size_t column, const char *text, lxw_format *look)
{
	text_clear(&b->cell);
	text_add_printable(&b->cell, slice_of_string(text), XLSX_CELL_MAX);
	worksheet_write_string(to, (lxw_row_t)row, (lxw_col_t)column, text_string(&b->cell), look);
}

static lxw_format *look_of(const struct book *b, const char *word)
{
	return !strcmp(word, "PASS") ? b->looks[LOOK_PASS] : !strcmp(word, "FAIL") ? b->looks[LOOK_FAIL]
		: !strcmp(word, "INCONCLUSIVE") ? b->looks[LOOK_INCONCLUSIVE] : NULL;
}

static void put_cell(struct book *b, lxw_worksheet *to, size_t row, size_t column, const struct fleet_cell *c)
{
	if (c->type == FLEET_NUMBER)
		worksheet_write_number(to, (lxw_row_t)row, (lxw_col_t)column, (double)c->number, NULL);
	else if (c->type == FLEET_TIME)
		worksheet_write_number(to, (lxw_row_t)row, (lxw_col_t)column, (double)c->number / 86400e9 + EPOCH_DAY, b->looks[LOOK_DATE]);
	else if (c->type == FLEET_TEXT)
		put(b, to, row, column, c->text, look_of(b, c->text));
}

static size_t width_of(const struct fleet_table *t, size_t column)
{
	size_t width = strlen(t->names[column]) + 4; /* the filter's button */
	for (size_t r = 0; r < t->rows; r++) {
		const struct fleet_cell *c = &t->cells[r * t->columns + column];
		size_t size = c->type == FLEET_TEXT ? strlen(c->text) + 1 : c->type == FLEET_TIME ? DATE_WIDTH : 0;
		width = size > width ? size : width;
	}
	return width < WIDTH_MIN ? WIDTH_MIN : width > WIDTH_MAX ? WIDTH_MAX : width;
}

/* Beside the rows, which have the newest night first. */
static void add_trend(struct book *b, lxw_worksheet *to, const struct fleet_table *t)
{
	enum { NIGHT = 0, FIRST = 2, LAST = 4 };
	static const lxw_color_t fills[] = {0x176B38, 0xFFCC47, 0xA81C17};
	lxw_row_t end = (lxw_row_t)t->rows;
	lxw_chart *chart = t->rows ? workbook_add_chart(b->book, LXW_CHART_COLUMN_STACKED) : NULL;
	for (lxw_col_t c = FIRST; chart && c <= LAST; c++) {
		lxw_chart_series *series = chart_add_series(chart, NULL, NULL);
		lxw_chart_fill fill = {.color = fills[c - FIRST]};
		chart_series_set_categories(series, "Trend", 1, NIGHT, end, NIGHT);
		chart_series_set_values(series, "Trend", 1, c, end, c);
		chart_series_set_name(series, t->names[c]);
		chart_series_set_fill(series, &fill);
	}
	if (!chart)
		return;
	chart_title_set_name(chart, "Hosts by verdict");
	chart_axis_set_reverse(chart->x_axis);
	worksheet_insert_chart(to, 1, (lxw_col_t)(t->columns + 1), chart);
}

static enum status add_sheet(struct book *b, const char *name, const struct fleet_table *t, struct error *err)
{
	lxw_worksheet *to = workbook_add_worksheet(b->book, name);
	if (!to)
		return fail(err, ERR_INTERNAL, "cannot add the sheet %s", name);
	for (size_t c = 0; c < t->columns; c++) {
		worksheet_set_column(to, (lxw_col_t)c, (lxw_col_t)c, (double)width_of(t, c), NULL);
		put(b, to, 0, c, t->names[c], b->looks[LOOK_HEADING]);
	}
	for (size_t r = 0; r < t->rows; r++)
		for (size_t c = 0; c < t->columns; c++)
			put_cell(b, to, r + 1, c, &t->cells[r * t->columns + c]);
	if (t->columns)
		worksheet_autofilter(to, 0, 0, (lxw_row_t)(t->rows ? t->rows : 1), (lxw_col_t)(t->columns - 1));
	if (t == &b->document->tables[FLEET_TREND])
		add_trend(b, to, t);
	worksheet_freeze_panes(to, 1, 0);
	worksheet_repeat_rows(to, 0, 0);
	worksheet_set_landscape(to);
	worksheet_fit_to_pages(to, 1, 0);
	return xlsx_check(to, err);
}

/* Hosts down, nights across. */
static enum status add_picture(struct book *b, struct error *err)
{
	static const char *const words[] = {[FLEET_NONE] = "", [FLEET_PASS] = "PASS", [FLEET_INCONCLUSIVE] = "INCONCLUSIVE", [FLEET_FAIL] = "FAIL"};
	const struct fleet_document *d = b->document;
	lxw_worksheet *to = workbook_add_worksheet(b->book, "Nights");
	if (!to)
		return fail(err, ERR_INTERNAL, "cannot add the sheet Nights");
	worksheet_set_column(to, 0, 0, WIDTH_MAX / 2, NULL);
	put(b, to, 0, 0, "Host", b->looks[LOOK_HEADING]);
	for (size_t n = 0; n < d->days; n++) {
		char day[CLOCK_TEXT_MAX];
		clock_text((d->first_day + (int64_t)n) * 86400 * CLOCK_SECOND, 0, day);
		day[10] = 0;
		put(b, to, 0, n + 1, day, b->looks[LOOK_HEADING]);
	}
	for (size_t i = 0; i < d->picture_count; i++) {
		put(b, to, i + 1, 0, d->picture[i].name, NULL);
		for (size_t n = 0; n < d->days; n++)
			if (d->picture[i].nights[n] != FLEET_NONE)
				put(b, to, i + 1, n + 1, words[d->picture[i].nights[n]], look_of(b, words[d->picture[i].nights[n]]));
	}
	worksheet_freeze_panes(to, 1, 1);
	return xlsx_check(to, err);
}

static enum status add_summary(struct book *b, struct error *err)
{
	AUTO_TEXT struct text sentence = text_make(1024);
	lxw_worksheet *to = workbook_add_worksheet(b->book, "Summary");
	if (!to)
		return fail(err, ERR_INTERNAL, "cannot add the sheet Summary");
	fleet_document_sentence(b->document, &sentence);
	worksheet_set_column(to, 0, 0, WIDTH_MAX, NULL);
	put(b, to, 0, 0, b->document->verdict, look_of(b, b->document->verdict));
	put(b, to, 1, 0, text_string(&sentence), NULL);
	return xlsx_check(to, err);
}

static enum status fill(struct book *b, struct error *err)
{
	static const char *const names[FLEET_PARTS] = {
		[FLEET_ALARMS] = "Stands out", [FLEET_HOSTS] = "Hosts", [FLEET_TREND] = "Trend", [FLEET_DESTINATIONS] = "Destinations",
		[FLEET_VECTORS] = "Vectors", [FLEET_FINDINGS] = "Findings", [FLEET_CONTROLS] = "Controls",
	};
	enum status status = add_summary(b, err);
	if (!status)
		status = add_picture(b, err);
	for (size_t i = 0; i < FLEET_PARTS && !status; i++)
		status = add_sheet(b, names[i], &b->document->tables[i], err);
	return status;
}

enum status fleet_xlsx_write(const struct fleet_document *d, int fd, struct error *err)
{
	char path[32];
	lxw_workbook_options options = {.constant_memory = LXW_TRUE, .use_zip64 = LXW_FALSE};
	lxw_doc_properties properties = {
		.title = "airgap-verify: evidence of many hosts", .company = "", .created = (time_t)(d->as_of_ns / CLOCK_SECOND)};
	snprintf(path, sizeof path, "/proc/self/fd/%d", fd);
	struct book b = {.document = d, .book = workbook_new_opt(path, &options), .cell = text_make(8 * XLSX_CELL_MAX)};
	if (!b.book)
		return fail(err, ERR_UNAVAILABLE, "cannot begin a workbook");
	/* 0 would be now, and the same store another file */
	properties.created = properties.created ? properties.created : 1;
	workbook_set_properties(b.book, &properties);
	make_looks(&b);
	enum status status = fill(&b, err);
	errno = 0;
	lxw_error problem = workbook_close(b.book);
	text_free(&b.cell);
	if (!status && problem)
		status = fail_errno(err, ERR_IO, errno ? errno : EIO, "%s", lxw_strerror(problem));
	return status ? status : xlsx_check_book(path, err);
}
