/* SPDX-License-Identifier: Apache-2.0 */
#include "tests/unit/socket_table.h"

#include "ingest/sockets/table.h"

static void ends(void **state)
{
	(void)state;
	static const struct {
		const char *word, *host, *service;
		unsigned char mark;
		int32_t port;
	} cases[] = {
		{"192.0.2.1:443", "192.0.2.1", "", ':', 443},
		{"[::1]:631", "::1", "", ':', 631},
		{"[fe80::1]%eth0:546", "fe80::1", "", ':', 546},
		{"[fe80::1%12]:546", "fe80::1", "", ':', 546},
		{"fe80::1%eth0:546", "fe80::1", "", ':', 546},
		{"127.0.0.53%lo:53", "127.0.0.53", "", ':', 53},
		{"*%eth0:68", "*", "", ':', 68},
		{":::22", "::", "", ':', 22},
		{"*:*", "*", "", ':', -1},
		{"host.example:https", "host.example", "", ':', 443},
		{"host:x-unheard-of", "host", "x-unheard-of", ':', -1},
		{"192.0.2.1.443", "192.0.2.1", "", '.', 443},
		{"*.*", "*", "", '.', -1},
		{"fe80::1%lo0.123", "fe80::1", "", '.', 123},
		{"a.b..imaps", "a.b.", "", '.', 993},
		{"192.0.2.1:0", "192.0.2.1", "", ':', 0},
		{"192.0.2.1:65535", "192.0.2.1", "", ':', 65535},
	};
	for (size_t i = 0; i < LENGTH(cases); i++) {
		struct socket_end e;
		assert_true(socket_end_parse(slice_of_string(cases[i].word), cases[i].mark, false, &e));
		assert_true(slice_is(e.host, cases[i].host));
		assert_true(slice_is(e.service, cases[i].service));
		assert_int_equal(e.port, cases[i].port);
	}
	static const char *const wrong[] = {"",	   ":",	      ":22",	       "*",	    "192.0.2.1",
					    "a:",  "a:65536", "a:-1",	       "a:1x",	    "/run/x:1",
					    "@a:1", "a b:1",   "2001:db8::1.22", "a:443.5"};
	for (size_t i = 0; i < LENGTH(wrong); i++) {
		struct socket_end e;
		assert_false(socket_end_parse(slice_of_string(wrong[i]), ':', false, &e));
	}
	struct socket_end e;
	assert_true(socket_end_parse(SLICE("*:ipv6-icmp"), ':', true, &e));
	assert_int_equal(e.port, 58);
}

static void states_have_one_word(void **state)
{
	(void)state;
	static const struct {
		const char *word, *state;
	} cases[] = {
		{"ESTABLISHED", "ESTAB"},     {"Established", "ESTAB"},	   {"LISTENING", "LISTEN"},
		{"SYN_SENT", "SYN-SENT"},     {"SYN-SENT", "SYN-SENT"},	   {"FIN_WAIT2", "FIN-WAIT-2"},
		{"FIN_WAIT_2", "FIN-WAIT-2"}, {"CLOSED", "UNCONN"},	   {"ABH\xc3\x96REN", "LISTEN"},
		{"ABH\x99REN", "LISTEN"},     {"ABH\xd6REN", "LISTEN"},	   {"HERGESTELLT", "ESTAB"},
		{"WARTEND", "TIME-WAIT"},     {"\xc3\x89" "COUTE", "LISTEN"}, {"\x90" "COUTE", "LISTEN"},
	};
	for (size_t i = 0; i < LENGTH(cases); i++)
		assert_string_equal(socket_state(slice_of_string(cases[i].word)), cases[i].state);
	static const char *const neither[] = {"", "ESTA", "ESTABX", "7", "ABHREN", "-", "LISTEN "};
	for (size_t i = 0; i < LENGTH(neither); i++)
		assert_null(socket_state(slice_of_string(neither[i])));
	assert_string_equal(socket_state_number(10), "LISTEN");
	assert_string_equal(socket_state_number(12), "SYN-RECV");
	assert_null(socket_state_number(0));
	assert_null(socket_state_number(13));
}

static void write_one(struct rows *r, struct ingest *to, const struct socket_row *row)
{
	struct error err = {0};
	struct direct d = {r->store, {.writes = ROW_WRITES_SOCKETS, .source = to->source}};
	to->rows = row_stream_new(direct_sink, &d);
	assert_int_equal(socket_write(to, row, 7, SLICE("the line"), &err), OK);
	assert_int_equal(ingest_skip_finish(to, &err), OK);
	assert_int_equal(row_flush(to->rows, &err), OK);
	row_stream_free(to->rows);
}

static void rows_are_written(void **state)
{
	struct rows *r = *state;
	struct error err = {0};
	sqlite3_stmt *q = store_query(r->store, QUERY_SOURCE_INSERT);
	store_bind_text(q, 1, "f");
	store_bind_text(q, 2, "netstat-windows");
	assert_int_equal(store_run(q, &err), OK);
	struct ingest to = {.path = "f", .source = store_last_id(r->store)};
	struct socket_row row = SOCKET_ROW_NONE;
	row.proto = "tcp";
	row.family = 6;
	row.local = (struct socket_end){.host = SLICE("*"), .port = 22};
	row.remote = (struct socket_end){.host = SLICE("0.0.0.0"), .port = 0};
	row.state = "LISTEN";
	write_one(r, &to, &row);
	row.proto = "udp";
	row.state = NULL;
	row.local = (struct socket_end){.host = SLICE("::ffff:192.0.2.1"), .port = -1, .service = SLICE("odd")};
	write_one(r, &to, &row);
	row.remote = (struct socket_end){.host = SLICE("2001:DB8::1"), .port = 53, .cut = true};
	row.timed = true;
	row.time_ns = 5;
	row.pid = 0;
	row.uid = 0;
	row.process = SLICE("p");
	write_one(r, &to, &row);
	assert_rows(r->store, SOCKETS,
		    "tcp|::|22|-|-|LISTEN|-|-|-;"
		    "udp|192.0.2.1:odd|-|-|-|UNCONN|-|-|-;"
		    "udp|192.0.2.1:odd|-|2001:DB8::1|53|ESTAB|0|p|0;");
	assert_rows(r->store, "SELECT time_ns, witness, moment, source, record FROM socket",
		    "-|netstat|-|1|7;-|netstat|-|1|7;5|netstat|-|1|7;");
	assert_rows(r->store, SKIPPED,
		    "a port by a name that is not known|2|7;an address that may be cut off|1|7;");
}

/* A table that somebody gives is no proof that the collector's witness could see. */
static void a_given_table_shows_no_canary(void **state)
{
	struct rows *r = *state;
	struct error err = {0};
	sqlite3 *db = sqlite3_db_handle(store_query(r->store, QUERY_SESSION_VALUE));
	const char *put = "INSERT INTO source (id, path, reader, size, sha256) VALUES (9, 'f', 'x', 0, '');"
			  "INSERT INTO canary (round, time_ns, end_ns, proto, src, sport, dst, dport)"
			  " VALUES (1, 1000, 2000, 'tcp', '127.0.0.1', 4, '127.0.0.1', 5);"
			  "INSERT INTO socket (time_ns, witness, proto, rport, source, record)"
			  " VALUES (1500, 'osquery', 'tcp', 5, 9, 1)";
	assert_int_equal(sqlite3_exec(db, put, NULL, NULL, NULL), SQLITE_OK);
	assert_int_equal(store_run(store_query(r->store, QUERY_SEEN_SOCK_DIAG), &err), OK);
	assert_int_equal(rows_number(r->store, "SELECT count(*) FROM canary_seen"), 0);
	sqlite3_exec(db, "UPDATE socket SET witness = 'sock_diag'", NULL, NULL, NULL);
	assert_int_equal(store_run(store_query(r->store, QUERY_SEEN_SOCK_DIAG), &err), OK);
	assert_int_equal(rows_number(r->store, "SELECT count(*) FROM canary_seen"), 1);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(ends),
		cmocka_unit_test(states_have_one_word),
		rows_test(rows_are_written),
		rows_test(a_given_table_shows_no_canary),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
