/* SPDX-License-Identifier: Apache-2.0 */
#include "tests/unit/direct.h"
#include "tests/unit/fake_store.h"

#include "core/text.h"
#include "ingest/app_event.h"

static void words_for_allowed_and_blocked(void **state)
{
	(void)state;
	static const char *const allowed[] = {"allowed",   "ALLOW", "Permit", "accept",
					      "connected", "OK",    "success"};
	static const char *const blocked[] = {"blocked", "Deny",    "DROP",
					      "reject",	 "refused", "prevented"};
	static const char *const neither[] = {"", "allowe", "allowedd", "yes", "blocked ", "0"};
	for (size_t i = 0; i < LENGTH(allowed); i++)
		assert_string_equal(app_disposition(slice_of_string(allowed[i])), "allowed");
	for (size_t i = 0; i < LENGTH(blocked); i++)
		assert_string_equal(app_disposition(slice_of_string(blocked[i])), "blocked");
	for (size_t i = 0; i < LENGTH(neither); i++)
		assert_null(app_disposition(slice_of_string(neither[i])));
}

static void ports_behind_hosts(void **state)
{
	(void)state;
	static const struct {
		const char *text, *host;
		uint64_t port;
	} cases[] = {
		{"192.0.2.1:443", "192.0.2.1", 443},
		{"name.example:65535", "name.example", 65535},
		{"[2001:db8::1]:443", "2001:db8::1", 443},
		{"2001:db8::1", "2001:db8::1", 0},
		{"::1", "::1", 0},
		{"[2001:db8::1]", "[2001:db8::1]", 0},
		{"name.example", "name.example", 0},
		{"name.example:", "name.example:", 0},
		{"name.example:65536", "name.example:65536", 0},
		{"name.example:-1", "name.example:-1", 0},
		{":443", ":443", 0},
		{"[]:443", "[]", 443},
		{"", "", 0},
		{":", ":", 0},
		{"a:b:1", "a:b:1", 0},
	};
	for (size_t i = 0; i < LENGTH(cases); i++) {
		struct slice host = slice_of_string(cases[i].text);
		uint64_t port = 0;
		app_split_port(&host, &port);
		assert_true(slice_is(host, cases[i].host));
		assert_int_equal(port, cases[i].port);
	}
}

/* Reads `log` as the log of a session; its app_log row is 1. */
static void read_log(struct rows *r, struct slice log, uint64_t from, uint64_t to,
		     enum app_kind (*parse)(struct slice line, struct app_line *ret))
{
	struct error err = {0};
	struct ingest i = {.path = "log", .from_byte = from, .to_byte = to};
	uint64_t records = 0;
	sqlite3_stmt *q = store_query(r->store, QUERY_SOURCE_INSERT);
	store_bind_text(q, 1, "log");
	store_bind_text(q, 2, "app-plain");
	assert_int_equal(store_run(q, &err), OK);
	i.source = store_last_id(r->store);
	q = store_query(r->store, QUERY_APP_LOG_INSERT);
	assert_int_equal(store_run(q, &err), OK);
	i.app_log = store_last_id(r->store);
	const struct reader *reader = parse == app_plain_line ? &reader_app_plain : &reader_app_jsonl;
	assert_int_equal(direct_read(r->store, &i, reader, log, &records, &err), OK);
	assert_int_equal(records, rows_number(r->store, "SELECT lines FROM app_log") +
					  (from || to ? 2 : 0)); /* one before, one behind */
}

static const char LOG[] = "2026-11-23T12:00:00Z old 192.0.2.1 1 allowed\n"
			  "2026-11-23T12:00:01Z agent[17] 2001:DB8::1 443 blocked tcp\r\n"
			  "# a remark\n"
			  "2026-11-23T12:00:02Z agent name.example 80 allowed\n"
			  "garbage \x1b\n"
			  "2026-11-23T12:00:03Z late 192.0.2.2 2 allowed\n";

static void lines_become_rows_and_counts(void **state)
{
	struct rows *r = *state;
	read_log(r, slice_of_string(LOG), 0, 0, app_plain_line);
	assert_rows(r->store, "SELECT lines, events, other, unread FROM app_log", "6|4|1|1;");
	assert_rows(r->store,
		    "SELECT line, time_ns, process, pid, host, dst, dport, proto, disposition FROM "
		    "app_event",
		    "1|1795435200000000000|old|-|-|192.0.2.1|1|-|allowed;"
		    "2|1795435201000000000|agent|17|-|2001:db8::1|443|tcp|blocked;"
		    "4|1795435202000000000|agent|-|name.example|-|80|-|allowed;"
		    "6|1795435203000000000|late|-|-|192.0.2.2|2|-|allowed;");
	assert_rows(r->store, "SELECT text FROM app_event WHERE line = 2",
		    "2026-11-23T12:00:01Z agent[17] 2001:DB8::1 443 blocked tcp;");
	assert_rows(r->store, "SELECT reason, count, first_record, example FROM skipped",
		    "no RFC 3339 time at the beginning|1|5|garbage \\x1b;");
}

static void only_what_the_session_wrote_counts(void **state)
{
	struct rows *r = *state;
	struct slice log = slice_of_string(LOG);
	size_t from = slice_find(log, '\n') + 1;
	size_t to = slice_search(log, SLICE("2026-11-23T12:00:03Z"));
	read_log(r, log, from, to, app_plain_line);
	assert_rows(r->store, "SELECT lines, events, other, unread FROM app_log", "4|2|1|1;");
	assert_rows(r->store, "SELECT group_concat(line) FROM app_event", "2,4;");
}

/* As Windows redirects it: the bytes of the file tell which lines are of the session. */
static void in_utf16_only_what_the_session_wrote_counts(void **state)
{
	struct rows *r = *state;
	AUTO_TEXT struct text wide = text_make(4096);
	text_add(&wide, SLICE("\xff\xfe"));
	for (size_t i = 0; LOG[i]; i++) {
		text_add_char(&wide, LOG[i]);
		text_add_char(&wide, 0);
	}
	size_t mark = 2, from = slice_find(slice_of_string(LOG), '\n') + 1;
	size_t to = slice_search(slice_of_string(LOG), SLICE("2026-11-23T12:00:03Z"));
	assert_true(reader_app_plain.sniff(text_slice(&wide)) > 50);
	read_log(r, text_slice(&wide), mark + 2 * from, mark + 2 * to, app_plain_line);
	assert_rows(r->store, "SELECT lines, events, other, unread FROM app_log", "4|2|1|1;");
	assert_rows(r->store, "SELECT line, process, dst, host FROM app_event",
		    "2|agent|2001:db8::1|-;4|agent|-|name.example;");
	assert_rows(r->store, "SELECT first_record, example FROM skipped", "5|garbage \\x1b;");
}

static void a_line_too_long_is_counted(void **state)
{
	struct rows *r = *state;
	AUTO_TEXT struct text log = text_make(1 << 20);
	text_add_string(&log, "# ");
	while (log.size < APP_LINE_MAX)
		text_add_char(&log, 'x');
	text_add_string(&log, "\n# x");
	while (log.size < 2 * APP_LINE_MAX + 2)
		text_add_char(&log, 'x');
	text_add_char(&log, '\n');
	read_log(r, text_slice(&log), 0, 0, app_plain_line);
	assert_rows(r->store, "SELECT lines, events, other, unread FROM app_log", "2|0|1|1;");
	assert_rows(r->store, "SELECT reason, count, first_record FROM skipped",
		    "longer than any line of a log|1|2;");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(words_for_allowed_and_blocked),
		cmocka_unit_test(ports_behind_hosts),
		rows_test(lines_become_rows_and_counts),
		rows_test(only_what_the_session_wrote_counts),
		rows_test(in_utf16_only_what_the_session_wrote_counts),
		rows_test(a_line_too_long_is_counted),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
