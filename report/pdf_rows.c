/* SPDX-License-Identifier: Apache-2.0 */
#include "report/pdf_rows.h"

#include "report/pdf_words.h"

enum status pdf_rows(struct pdf *d, const char *title, enum query query, const struct page_column *columns, size_t count,
		     pdf_rows_add *add, struct error *err)
{
	struct page_table t;
	int64_t rows = 0;
	bool row = true;
	enum status status = OK;
	sqlite3_stmt *q = store_query(d->store, query);
	store_bind_i64(q, 1, PDF_ROWS_MAX);
	while (!status && !(status = store_step(q, &row, err)) && row) {
		if (rows++ == 0) {
			page_subheading(&d->page, title);
			page_table_begin(&t, &d->page, columns, count);
		}
		add(&t, q);
	}
	sqlite3_reset(q);
	if (rows)
		page_table_end(&t);
	if (rows == PDF_ROWS_MAX)
		page_text(&d->page, PAGE_SMALL, "There may be more, in audit.db.");
	return status;
}

void pdf_rows_columns(struct page_table *t, sqlite3_stmt *q, int from, int to)
{
	for (int i = from; i <= to; i++)
		pdf_add_column(page_table_cell(t), q, i);
}
