/* SPDX-License-Identifier: Apache-2.0 */
#include "report/bench.h"

#include "core/file.h"

enum { ROW_MAX = 64 << 10, FLUSH_AT = 32 << 10, OUTPUT_MAX = FLUSH_AT + ROW_MAX, SHOWN_MAX = 4096 };

static const char heading[] = "source,model,digest,quantisation,tier,problem_set,grouped_by,name,tasks,samples,passed,"
			      "server_errors,pass_at_1,interval_low,interval_high,bootstrap_low,bootstrap_high,pass_at_5,"
			      "pass_at_10,tokens_per_s,rate_from,first_token_ms,prompt_tokens_per_s,vram_bytes,spilled,"
			      "joules_per_token,verdict\r\n";

/* Text of others: printable, quoted, and with a quote in front where a spreadsheet would take
 * it for a formula. */
static void add_quoted(struct text *t, struct slice value)
{
	AUTO_TEXT struct text shown = text_make(8 * SHOWN_MAX);
	text_add_printable(&shown, value, SHOWN_MAX);
	struct cursor c = cursor_over(text_slice(&shown));
	text_add_char(t, '"');
	if (value.size && strchr("=+-@", value.at[0]))
		text_add_char(t, '\'');
	while (cursor_left(&c) > 0) {
		unsigned char b = cursor_u8(&c);
		text_add_string(t, b == '"' ? "\"" : "");
		text_add_char(t, (char)b);
	}
	text_add_char(t, '"');
}

static void add_row(struct text *t, sqlite3_stmt *q)
{
	for (int i = 0; i < sqlite3_column_count(q); i++) {
		int type = sqlite3_column_type(q, i);
		text_add_string(t, i ? "," : "");
		if (type == SQLITE_INTEGER)
			text_add_i64(t, store_i64(q, i));
		else if (type == SQLITE_FLOAT)
			text_addf(t, "%.6g", store_real(q, i));
		else if (type != SQLITE_NULL)
			add_quoted(t, store_slice(q, i));
	}
	text_add_string(t, "\r\n");
}

enum status bench_csv_write(struct store *store, const char *frameworks, int fd, struct error *err)
{
	bool row = true;
	enum status status = OK;
	AUTO_TEXT struct text t = text_make(OUTPUT_MAX);
	sqlite3_stmt *q = store_query(store, QUERY_BENCH_CSV);
	(void)frameworks;
	text_add_string(&t, heading);
	while (!status && !(status = store_step(q, &row, err)) && row) {
		add_row(&t, q);
		if (t.overflow)
			status = fail(err, ERR_LIMIT, "a row longer than %d bytes", ROW_MAX);
		if (status || t.size < FLUSH_AT)
			continue;
		status = file_write_fd(fd, text_slice(&t), "the document", err);
		text_clear(&t);
	}
	sqlite3_reset(q);
	return status ? status : file_write_fd(fd, text_slice(&t), "the document", err);
}
