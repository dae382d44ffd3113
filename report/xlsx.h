/* SPDX-License-Identifier: Apache-2.0 */
#ifndef REPORT_XLSX_H
#define REPORT_XLSX_H

/*
 * What the parts of the workbook share. Of the report's own: nobody else includes it.
 */

#include "report/facts.h"

#include "core/text.h"

#include <xlsxwriter.h>

/* ECMA-376 part 1, 18.3.1.73: rows of a sheet; what a cell of Excel's holds. */
enum { XLSX_ROWS_MAX = 1048576, XLSX_CELL_MAX = 30000 /* bytes shown of a text */ };

enum xlsx_format { XLSX_PLAIN, XLSX_HEADING, XLSX_DATE, XLSX_BOLD, XLSX_WRAP, XLSX_TOP, XLSX_FORMATS };

struct xlsx_texts; /* opaque; those that cells share */

struct xlsx {
	struct store *store;
	const struct facts *facts;
	lxw_workbook *book; /* freed by xlsx_book.c */
	lxw_format *format[XLSX_FORMATS];
	struct text cell;     /* reused */
	struct xlsx_texts *texts;
	size_t rows_max;      /* XLSX_ROWS_MAX but in tests */
	bool models;          /* there is a benchmark of them */
};

/* A sheet of rows: the columns of a query under their own names, of which one that ends
 * with "(UTC)" holds nanoseconds since 1970 and becomes a date. */
struct xlsx_sheet {
	const char *name; /* at most 24 bytes: a number may follow */
	enum query query;
	bool frameworks; /* ?1 is the list of them */
	bool models;     /* of a benchmark: left out where there is none */
	bool wrap;       /* sentences: to be read where they stand */
};

/* Writes all rows, over as many sheets as they need. */
enum status xlsx_sheet_write(struct xlsx *x, const struct xlsx_sheet *sheet, struct error *err) MUST_CHECK;

/* The first sheet: verdict, scope, who and where, counts, limits. */
enum status xlsx_summary_write(struct xlsx *x, struct error *err) MUST_CHECK;

/* Small tables with a chart of the workbook's own beside each. */
enum status xlsx_figures_write(struct xlsx *x, struct error *err) MUST_CHECK;

/* What a workbook says of itself, and what makes its sheets. */
struct xlsx_book {
	const char *title, *subject, *comments;
	enum status (*fill)(struct xlsx *x, const void *of, struct error *err);
	const void *of; /* for fill */
};

/* Writes a workbook onto a file: its formats, its sheets, its properties, of which the date is that
 * of the facts. */
enum status xlsx_book_write(struct xlsx *x, const struct xlsx_book *book, int fd, struct error *err) MUST_CHECK;

struct xlsx_texts *xlsx_texts_new(void);
void xlsx_texts_free(struct xlsx_texts *t); /* NULL-safe */

/* Text that is not ours, in one cell: never a formula, fit to be shown. */
void xlsx_put(struct xlsx *x, lxw_worksheet *to, lxw_row_t row, lxw_col_t column, struct slice text,
	      enum xlsx_format format);

/* What is printed above and below each page of a sheet: the marking. */
void xlsx_margins(struct xlsx *x, lxw_worksheet *to);

/* Rows that did not reach the disk are an error; to be asked once a sheet is full. */
enum status xlsx_check(const lxw_worksheet *sheet, struct error *err) MUST_CHECK;

#endif
