/* SPDX-License-Identifier: Apache-2.0 */
#include "report/html.h"

#include <string.h>

/* How much room a text wants, by its bytes. */
const char *html_cell_of(size_t size)
{
	static const struct {
		size_t more_than;
		const char *cell;
	} kinds[] = {{200, "<td class=\"x\">"}, {40, "<td class=\"l\">"}, {20, "<td class=\"m\">"}};
	for (size_t i = 0; i < LENGTH(kinds); i++)
		if (size > kinds[i].more_than)
			return kinds[i].cell;
	return "<td>";
}

static void begin(struct html *h, const struct html_table *table, sqlite3_stmt *q)
{
	text_addf(&h->out.text,
		  "<div class=\"scroll\" tabindex=\"0\" role=\"region\" aria-labelledby=\"h-%s\">"
		  "<table id=\"t-%s\"><thead><tr>", table->id, table->id);
	for (int i = 0; i < sqlite3_column_count(q); i++)
		text_addf(&h->out.text, "<th scope=\"col\">%s</th>", sqlite3_column_name(q, i));
	text_add_string(&h->out.text, "</tr></thead><tbody>\n");
}

static void add_cell(struct html *h, sqlite3_stmt *q, int at)
{
	bool number = sqlite3_column_type(q, at) == SQLITE_INTEGER || sqlite3_column_type(q, at) == SQLITE_FLOAT;
	if (strstr(sqlite3_column_name(q, at), "(UTC)")) {
		text_add_string(&h->out.text, "<td class=\"t\">");
		html_add_time(h, store_i64(q, at));
	} else {
		struct slice text = store_slice(q, at);
		text_add_string(&h->out.text, number ? "<td class=\"n\">" : html_cell_of(text.size));
		html_add(h, text);
	}
	/* the end of a cell may be left out: HTML, 13.1.2.4 */
}

enum status html_table_write(struct html *h, const struct html_table *table, struct error *err)
{
	bool row = true;
	int64_t count = 0;
	size_t bytes = 0;
	enum status status = OK;
	sqlite3_stmt *q = store_query(h->store, table->query);
	if (table->frameworks) {
		store_bind_text(q, 1, h->facts->frameworks);
		store_bind_text(q, 2, h->facts->accepted);
	}
	text_addf(&h->out.text, "<section id=\"%s\"><h2 id=\"h-%s\">%s</h2>\n", table->id, table->id, table->title);
	while (!status && !(status = store_step(q, &row, err)) && row) {
		if (count == HTML_ROWS_MAX || bytes >= HTML_TABLE_MAX)
			break;
		if (++count == 1)
			begin(h, table, q);
		size_t before = h->out.text.size;
		text_add_string(&h->out.text, "<tr>");
		for (int i = 0; i < sqlite3_column_count(q); i++)
			add_cell(h, q, i);
		/* ended, or the line's end would stand in a last cell that is to be empty */
		text_add_string(&h->out.text, "</tr>\n");
		bytes += h->out.text.size - before;
		status = stream_flush(&h->out, false, err);
	}
	sqlite3_reset(q);
	if (count)
		text_add_string(&h->out.text, "</tbody></table></div>");
	else
		text_addf(&h->out.text, "<p class=\"none\">%s</p>", table->words);
	if (row)
		text_addf(&h->out.text, "<p><strong>There are more rows than the %lld shown here: report.xlsx and audit.db "
			  "hold all of them.</strong></p>", (long long)count);
	text_add_string(&h->out.text, "</section>\n");
	return status;
}
