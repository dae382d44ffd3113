/* SPDX-License-Identifier: Apache-2.0 */
#include "tests/unit/socket_table.h"

#include "core/text.h"

#define ROW                                                                                   \
	"{\"pid\":\"7\",\"family\":\"2\",\"protocol\":\"6\",\"local_address\":\"192.0.2.1\"," \
	"\"local_port\":\"50000\",\"remote_address\":\"192.0.2.2\",\"remote_port\":\"443\","  \
	"\"state\":\"ESTABLISHED\",\"path\":\"\",\"name\":\"a \\\"b\\\"\"}"
#define LISTENER                                                                                 \
	"{\"pid\":8,\"family\":10,\"protocol\":6,\"local_address\":\"::\",\"local_port\":22,"    \
	"\"remote_address\":\"::\",\"remote_port\":0,\"state\":\"LISTEN\"}"
#define WROTE "tcp|192.0.2.1|50000|192.0.2.2|443|ESTAB|7|a \"b\"|-;"
#define LISTENS "tcp|::|22|-|-|LISTEN|8|-|-;"

static void printed_and_logged(void **state)
{
	struct rows *r = *state;
	static const char *const forms[] = {
		"[\n  " ROW ",\n  " LISTENER "\n]\n",
		"[" ROW "," LISTENER "]",
		ROW "\r\n" LISTENER "\r\n",
		"[\n" ROW "\n," LISTENER "\n]\n",
	};
	for (size_t i = 0; i < LENGTH(forms); i++) {
		assert_taken(forms[i], "osquery-sockets");
		read_table(r, &reader_osquery, forms[i]);
		assert_rows(r->store, SOCKETS, WROTE LISTENS);
		assert_rows(r->store, SKIPPED, "");
	}
	assert_rows(r->store, "SELECT DISTINCT time_ns, witness FROM v_socket", "-|osquery;");
	read_table(r, &reader_osquery,
		   "{\"name\":\"q\",\"unixTime\":1795435200,\"columns\":" ROW ",\"action\":\"added\"}\n"
		   "{\"name\":\"q\",\"unixTime\":\"1795435201\",\"columns\":" ROW ",\"action\":\"removed\"}\n"
		   "{\"name\":\"q\",\"unixTime\":\"1795435202\",\"snapshot\":[" LISTENER "],\"action\":\"snapshot\"}\n"
		   LISTENER "\n");
	assert_rows(r->store, SOCKETS, WROTE LISTENS LISTENS);
	assert_rows(r->store, "SELECT time_ns FROM socket", "1795435200000000000;1795435202000000000;-;");
	assert_rows(r->store, SKIPPED, "");
}

/* osqueryi --json_pretty */
static void a_member_on_each_line(void **state)
{
	struct rows *r = *state;
	static const char pretty[] =
		"[\r\n  {\r\n    \"pid\": \"7\",\r\n    \"family\": \"2\",\r\n    \"protocol\": \"6\",\r\n"
		"    \"local_address\": \"192.0.2.1\",\r\n    \"local_port\": \"50000\",\r\n"
		"    \"remote_address\": \"192.0.2.2\",\r\n    \"remote_port\": \"443\",\r\n"
		"    \"state\": \"ESTABLISHED\",\r\n    \"name\": \"a \\\"b\\\"\"\r\n  },\r\n"
		"  {\n    \"pid\": 8, \"family\": 10,\n    \"name\": \"odd {\",\n    \"more\": [\n      {\n      }\n    ],\n"
		"    \"protocol\": 6, \"local_address\": \"::\",\n"
		"    \"local_port\": 22, \"remote_address\": \"::\", \"remote_port\": 0,\n    \"state\": \"LISTEN\"\n  }\n]\n"
		LISTENER "\n  {\n    \"pid\": \"9\",\n";
	assert_taken(pretty, "osquery-sockets");
	read_table(r, &reader_osquery, pretty);
	assert_rows(r->store, SOCKETS, WROTE "tcp|::|22|-|-|LISTEN|8|odd {|-;" LISTENS);
	assert_rows(r->store, "SELECT count, first_record FROM skipped", "1|26;"); /* the last one has no end */
	AUTO_TEXT struct text wide = text_make(4096), odd = text_make(1 << 20);
	text_add(&wide, SLICE("\xff\xfe"));
	for (size_t i = 0; i + 1 < sizeof pretty; i++) {
		text_add_char(&wide, pretty[i]);
		text_add_char(&wide, 0);
	}
	read_table_as(r, &reader_osquery, "table", text_slice(&wide));
	assert_rows(r->store, SOCKETS, WROTE "tcp|::|22|-|-|LISTEN|8|odd {|-;" LISTENS);
	text_add_string(&odd, "{\n");
	while (odd.size < 100000)
		text_add_string(&odd, "\"pid\": \"7\",\n");
	text_add_string(&odd, "}\n" LISTENER "\n");
	read_table(r, &reader_osquery, text_string(&odd));
	assert_rows(r->store, SOCKETS, LISTENS);
	assert_rows(r->store, SKIPPED, "longer than any row of osquery|1|1;");
}

static void a_batch_of_differences(void **state)
{
	struct rows *r = *state;
	read_table(r, &reader_osquery,
		   "{\"name\":\"q\",\"unixTime\":\"1795435200\",\"diffResults\":{\"added\":[" ROW "],\"removed\":[" LISTENER "]}}\n"
		   "{\"name\":\"q\",\"unixTime\":\"1795435200\",\"diffResults\":{\"added\":\"\",\"removed\":[" LISTENER "]}}\n");
	assert_rows(r->store, SOCKETS, WROTE);
	assert_rows(r->store, SKIPPED, "");
}

static void events_of_the_kernel(void **state)
{
	struct rows *r = *state;
	read_table(r, &reader_osquery,
		   "{\"pid\":\"9\",\"uid\":\"0\",\"path\":\"/usr/bin/curl\",\"syscall\":\"connect\",\"family\":\"2\","
		   "\"type\":\"526337\",\"protocol\":\"0\",\"local_address\":\"\",\"local_port\":\"0\","
		   "\"remote_address\":\"192.0.2.2\",\"remote_port\":\"443\",\"time\":\"1795435300\",\"probe_error\":\"0\"}\n"
		   "{\"pid\":\"9\",\"family\":\"2\",\"type\":\"2\",\"protocol\":\"0\",\"local_address\":\"\","
		   "\"remote_address\":\"192.0.2.3\",\"remote_port\":\"53\",\"probe_error\":\"1\"}\n");
	assert_rows(r->store, SOCKETS,
		    "tcp|-|0|192.0.2.2|443|-|9|/usr/bin/curl|0;udp|-|-|192.0.2.3|53|ESTAB|9|-|-;");
	assert_rows(r->store, "SELECT time_ns FROM socket", "1795435300000000000;-;");
	assert_rows(r->store, SKIPPED, "an event whose probe failed|1|2;");
}

static void what_is_no_row_is_counted(void **state)
{
	struct rows *r = *state;
	read_table(r, &reader_osquery,
		   "{\"pid\":\"7\",\"family\":\"1\",\"remote_address\":\"\",\"path\":\"/run/x\"}\n"
		   "{\"pid\":\"7\"}\n"
		   "[7]\n7\n{broken\n"
		   "{\"family\":\"2\",\"protocol\":\"-1\",\"remote_address\":\"\"}\n"
		   "{\"family\":\"2\",\"protocol\":\"6\",\"remote_address\":\"\",\"state\":\"odd\"}\n"
		   "{\"family\":\"2\",\"protocol\":\"255\",\"remote_address\":\"\",\"local_port\":\"65536\"}\n");
	assert_rows(r->store, SOCKETS, "tcp|-|-|-|-|-|-|-|-;raw|-|-|-|-|UNCONN|-|-|-;");
	assert_int_equal(rows_number(r->store, "SELECT sum(count) FROM skipped"), 6);
	assert_int_equal(rows_number(r->store, "SELECT count(*) FROM skipped WHERE first_record IN (2,3,4,5,6,7)"),
			 6);
	assert_taken("{\"time\":1,\"host\":\"h\",\"port\":1,\"result\":\"ok\"}\n", "app-jsonl");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		rows_test(printed_and_logged),
		rows_test(a_member_on_each_line),
		rows_test(a_batch_of_differences),
		rows_test(events_of_the_kernel),
		rows_test(what_is_no_row_is_counted),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
