/* SPDX-License-Identifier: Apache-2.0 */
#ifndef REPORT_PAGE_TABLE_H
#define REPORT_PAGE_TABLE_H

/*
 * A table over as many pages as it takes, its heads repeated on each. A row is
 * never split; a cell that is too long is cut with an ellipsis.
 */

#include "report/page.h"

enum {
	PAGE_TABLE_COLUMNS = 10,
	PAGE_TABLE_CELL_MAX = 1200, /* bytes of one cell */
	PAGE_TABLE_LINES = 5,       /* lines of one cell where the column does not say */
};

struct page_column {
	const char *head;
	double share; /* of the width; the shares add up to 1 */
	enum page_style style;
	bool right;
	unsigned lines;
};

#define PAGE_COLUMN(head, share, style) {head, share, style, false, 0}
#define PAGE_NUMBERS(head, share) {head, share, PAGE_CELL, true, 1}

struct page_table {
	struct page *page;
	const struct page_column *columns;
	size_t count, filled, rows;
	struct text cells[PAGE_TABLE_COLUMNS];
};

void page_table_begin(struct page_table *ret, struct page *p, const struct page_column *columns,
		      size_t count);

/* The next cell of the row, empty, to be filled. */
struct text *page_table_cell(struct page_table *t);

/* The next cell, with a number. */
void page_table_add_number(struct page_table *t, int64_t number);

/* Draws the row; cells that were not asked for stay empty. */
void page_table_row(struct page_table *t);

/* The closing line; frees the cells. */
void page_table_end(struct page_table *t);

#endif
