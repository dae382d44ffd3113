/* SPDX-License-Identifier: Apache-2.0 */
#ifndef REPORT_PDF_ROWS_H
#define REPORT_PDF_ROWS_H

/*
 * A table of what one statement gives.
 */

#include "report/page_table.h"
#include "report/pdf.h"

/* Fills the cells of a row and ends it. */
typedef void pdf_rows_add(struct page_table *t, sqlite3_stmt *q);

/* With a title above; nothing at all where there is no row. The statement takes the most
 * rows, PDF_ROWS_MAX, as ?1. */
enum status pdf_rows(struct pdf *d, const char *title, enum query query, const struct page_column *columns, size_t count,
		     pdf_rows_add *add, struct error *err) MUST_CHECK;

/* A cell for each of these columns as it stands. */
void pdf_rows_columns(struct page_table *t, sqlite3_stmt *q, int from, int to);

#endif
