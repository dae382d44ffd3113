/* SPDX-License-Identifier: Apache-2.0 */
#include "report/xlsx.h"

#include <stdio.h>
#include <string.h>

enum {
	COLUMNS_MAX = 32,
	WIDTH_MIN = 8, /* characters */
	WIDTH_MAX = 60,
	LINE_CHARACTERS = 54, /* that surely fit into the widest */
	LINES_MAX = 12,	      /* of a row */
	PAGE_WIDTH = 180,     /* characters that can be read across a sheet of paper */
	DATE_WIDTH = 24,
	EPOCH_DAY = 25569, /* 1970-01-01 in the days of a workbook */
};

struct column {
	const char *heading; /* the statement's */
	bool date;
	size_t width;
};

struct filling {
	struct xlsx *x;
	const struct xlsx_sheet *sheet;
	sqlite3_stmt *rows;
	struct column columns[COLUMNS_MAX];
	int count;
	unsigned number; /* of the sheet, from 1 */
	lxw_worksheet *to;
	size_t row; /* the next one */
};

/* "&C" centres and "&" begins what is no text (ECMA-376 part 1, 18.3.1.46); the library
 * takes up to 255 characters. */
void xlsx_margins(struct xlsx *x, lxw_worksheet *to)
{
	enum { SHOWN_MAX = 60 };
	AUTO_TEXT struct text plain = text_make(SHOWN_MAX * 12), line = text_make(SHOWN_MAX * 24);
	const char *marking = x->facts->value[FACT_MARKING];
	if (!*marking)
		return;
	text_add_printable(&plain, slice_of_string(marking), SHOWN_MAX);
	text_add_string(&line, "&C");
	for (const char *c = text_string(&plain); *c; c++) {
		if (*c == '&')
			text_add_char(&line, '&');
		text_add_char(&line, *c);
	}
	worksheet_set_header(to, text_string(&line));
	worksheet_set_footer(to, text_string(&line));
}

enum status xlsx_check(const lxw_worksheet *sheet, struct error *err)
{
	FILE *rows = sheet->optimize_tmpfile;
	if (rows && (fflush(rows) != 0 || ferror(rows)))
		return fail(err, ERR_IO, "cannot write the rows of a sheet: is the folder for temporary files full?");
	return OK;
}

static void find_columns(struct filling *f)
{
	f->count = sqlite3_column_count(f->rows);
	for (int i = 0; i < f->count; i++) {
		struct column *c = &f->columns[i];
		c->heading = sqlite3_column_name(f->rows, i);
		c->date = strstr(c->heading, "(UTC)") != NULL;
		c->width = c->date ? DATE_WIDTH : strlen(c->heading) + 4; /* the filter's button */
	}
}

static enum status begin_sheet(struct filling *f, struct error *err)
{
	char name[40];
	snprintf(name, sizeof name, f->number ? "%s (%u)" : "%s", f->sheet->name, f->number + 1);
	f->number++;
	f->to = workbook_add_worksheet(f->x->book, name);
	if (!f->to)
		return fail(err, ERR_INTERNAL, "cannot add the sheet %s", name);
	for (int i = 0; i < f->count; i++)
		worksheet_write_string(f->to, 0, (lxw_col_t)i, f->columns[i].heading, f->x->format[XLSX_HEADING]);
	worksheet_freeze_panes(f->to, 1, 0);
	worksheet_repeat_rows(f->to, 0, 0);
	worksheet_set_landscape(f->to);
	xlsx_margins(f->x, f->to);
	f->row = 1;
	return OK;
}

static enum status end_sheet(struct filling *f, struct error *err)
{
	lxw_row_t last = (lxw_row_t)(f->row > 1 ? f->row - 1 : 1);
	worksheet_autofilter(f->to, 0, 0, last, (lxw_col_t)(f->count - 1));
	size_t all = 0;
	for (int i = 0; i < f->count; i++) {
		size_t width = f->columns[i].width;
		width = width < WIDTH_MIN ? WIDTH_MIN : width > WIDTH_MAX ? WIDTH_MAX : width;
		worksheet_set_column(f->to, (lxw_col_t)i, (lxw_col_t)i, (double)width, NULL);
		all += width;
	}
	/* on paper, as many beside each other as it takes, each with the first column */
	worksheet_fit_to_pages(f->to, (uint16_t)(1 + all / PAGE_WIDTH), 0);
	if (all >= PAGE_WIDTH)
		worksheet_repeat_columns(f->to, 0, 0);
	return xlsx_check(f->to, err);
}

static void put_cell(struct filling *f, int at)
{
	struct column *c = &f->columns[at];
	lxw_row_t row = (lxw_row_t)f->row;
	lxw_col_t column = (lxw_col_t)at;
	lxw_format *number = f->sheet->wrap ? f->x->format[XLSX_TOP] : NULL;
	switch (sqlite3_column_type(f->rows, at)) {
	case SQLITE_NULL:
		return;
	case SQLITE_INTEGER:
		if (c->date)
			worksheet_write_number(f->to, row, column, (double)store_i64(f->rows, at) / 86400e9 + EPOCH_DAY,
					       f->x->format[XLSX_DATE]);
		else
			worksheet_write_number(f->to, row, column, (double)store_i64(f->rows, at), number);
		return;
	case SQLITE_FLOAT:
		worksheet_write_number(f->to, row, column, sqlite3_column_double(f->rows, at), number);
		return;
	default:
		break;
	}
	struct slice text = store_slice(f->rows, at);
	xlsx_put(f->x, f->to, row, column, text, f->sheet->wrap ? XLSX_WRAP : XLSX_PLAIN);
	if (text.size + 1 > c->width)
		c->width = text.size + 1;
}

/* As high as its longest cell wants; set before the row is written, as a sheet in constant
 * memory wants it. */
static void make_room(struct filling *f)
{
	size_t lines = 1;
	for (int i = 0; i < f->count; i++)
		if (sqlite3_column_type(f->rows, i) == SQLITE_TEXT && store_slice(f->rows, i).size / LINE_CHARACTERS + 1 > lines)
			lines = store_slice(f->rows, i).size / LINE_CHARACTERS + 1;
	if (lines > 1)
		worksheet_set_row(f->to, (lxw_row_t)f->row, (double)(lines < LINES_MAX ? lines : LINES_MAX) * LXW_DEF_ROW_HEIGHT, NULL);
}

static enum status fill(struct filling *f, struct error *err)
{
	bool row = true;
	enum status status = begin_sheet(f, err);
	while (!status && !(status = store_step(f->rows, &row, err)) && row) {
		if (f->row >= f->x->rows_max) {
			status = end_sheet(f, err);
			if (!status)
				status = begin_sheet(f, err);
		}
		if (f->sheet->wrap)
			make_room(f);
		for (int i = 0; i < f->count && !status; i++)
			put_cell(f, i);
		f->row++;
	}
	return status ? status : end_sheet(f, err);
}

enum status xlsx_sheet_write(struct xlsx *x, const struct xlsx_sheet *sheet, struct error *err)
{
	struct filling f = {.x = x, .sheet = sheet, .rows = store_query(x->store, sheet->query)};
	if (sheet->frameworks) {
		store_bind_text(f.rows, 1, x->facts->frameworks);
		store_bind_text(f.rows, 2, x->facts->accepted);
	}
	find_columns(&f);
	enum status status = fill(&f, err);
	sqlite3_reset(f.rows);
	return status;
}
