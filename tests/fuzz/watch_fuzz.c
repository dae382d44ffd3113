/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Rows that may come in any order and hold anything, and keys that may be pressed at any
 * time: the model stays within its bounds, and no line of the screen is wider than it, or
 * holds what a terminal would obey. The input:
 *
 *   key      0xff, then a key:1
 *   row      a statement:1 (of those below), a number of values:1 (0 to 31), then each:
 *            position:1, a number of so many bytes:1 (0 to 127) and the text, or
 *            0x80 and above: that number less 0x80, times as large as the position
 */
#include "cli/watch_page.h"

#include <locale.h>
#include <stdlib.h>

int LLVMFuzzerTestOneInput(const unsigned char *data, size_t size);

static const enum query queries[] = {
	QUERY_ATTEMPT_INSERT, QUERY_ATTEMPT_OUTCOME, QUERY_ATTEMPT_SPORT, QUERY_ATTEMPT_BYTES, QUERY_ATTEMPT_LEFT,
	QUERY_PROCESS_INSERT, QUERY_PROCESS_INHERIT, QUERY_PROCESS_END, QUERY_DNS_INSERT, QUERY_DNS_ANSWER,
	QUERY_NAME_INSERT, QUERY_ATTEMPT_UNIX, QUERY_ATTEMPT_COPY_PROCESS, QUERY_LOSS_INSERT, QUERY_CANARY_INSERT,
	QUERY_TOOL_RUN_INSERT, QUERY_SOCKET_INSERT, QUERY_WITNESS_SET, QUERY_WITNESS_PART, QUERY_ETW_ATTEMPT_INSERT,
	QUERY_TRACE_ATTEMPT_PROCESS, QUERY_HOST_ADDRESS_INSERT, QUERY_SESSION_SET, QUERY_CHECKPOINT_INSERT, QUERY_SKIP_ADD,
};

static void read_row(struct cursor *c, unsigned statement, struct watch_model *m)
{
	struct row_values row = {.query = queries[statement % LENGTH(queries)]};
	for (unsigned left = cursor_u8(c) % ROW_READ_VALUES; left > 0 && !c->short_read; left--) {
		struct row_value *v = &row.at[1 + cursor_u8(c) % ROW_READ_VALUES];
		unsigned how = cursor_u8(c);
		*v = (struct row_value){.type = how & 0x80 ? ROW_NUMBER : ROW_TEXT};
		if (v->type == ROW_NUMBER)
			v->number = how == 0xff ? INT64_MAX : how == 0xfe ? INT64_MIN : (int64_t)(how - 0x80) * left;
		else
			v->text = cursor_take(c, how);
	}
	watch_apply(m, &row, NULL);
}

static void check_page(const struct watch_page *p)
{
	if (p->filled > p->rows)
		abort();
	for (size_t i = 0; i < p->filled; i++) {
		struct slice t = text_slice(&p->lines[i].text);
		for (size_t at = 0; at < t.size; at++)
			if (t.at[at] < ' ' || t.at[at] == 0x7f)
				abort();
		if (!p->utf8 && t.size > p->columns)
			abort();
	}
}

int LLVMFuzzerTestOneInput(const unsigned char *data, size_t size)
{
	static struct watch_page *page;
	struct cursor c = cursor_over(slice_of(data, size));
	struct watch_model *m = watch_model_new();
	struct watch_view v;
	struct watch_status status = {.folder = "x"};
	if (!page) {
		setlocale(LC_CTYPE, "C.UTF-8");
		page = watch_page_new();
	}
	page->columns = 1 + cursor_u8(&c);
	page->rows = 1 + cursor_u8(&c) % 64;
	page->utf8 = page->columns % 2;
	watch_view_start(&v);
	for (int64_t now = 1; cursor_left(&c) > 0; now++) {
		unsigned what = cursor_u8(&c);
		if (what != 0xff) {
			read_row(&c, what, m);
			continue;
		}
		unsigned key = cursor_u8(&c);
		watch_view_key(&v, key & 0x80 ? WATCH_KEY_NONE + (key & 0xf) : key);
		watch_view_refresh(&v, m, now * INT64_C(1000000000));
		watch_page_draw(page, m, &v, &status);
		check_page(page);
	}
	watch_view_refresh(&v, m, INT64_MAX);
	watch_page_draw(page, m, &v, &status);
	check_page(page);
	watch_view_free(&v);
	watch_model_free(m);
	return 0;
}
