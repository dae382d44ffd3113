/* SPDX-License-Identifier: Apache-2.0 */
#include "tests/unit/log_rows.h"

#include "core/text.h"
#include "ingest/net_log_split.h"

/* Numbers as no version has them: only the names count. */
#define PHASES "\"logEventPhase\":{\"PHASE_BEGIN\":7,\"PHASE_END\":8,\"PHASE_NONE\":9}"
#define OFFSET "\"timeTickOffset\":\"1795435000000\""
#define TYPES_OF(more) \
	"\"logEventTypes\":{" more "\"HOST_RESOLVER_MANAGER_REQUEST\":21,\"QUIC_SESSION\":22,\"SOCKET_CONNECT\":23,\"TCP_CONNECT\":24," \
	"\"UDP_CONNECT\":25,\"URL_REQUEST_START_JOB\":26,\"CANCELLED\":0}"
#define CONSTANTS(types) \
	"{\"constants\":{\"activeFieldTrialGroups\":[\"a}\",\"b\\\"]\"]," PHASES "," types ",\"logSourceType\":{\"NONE\":0}," OFFSET "},\n" \
	"\"events\": [\n"
#define HEAD CONSTANTS(TYPES_OF("\"TCP_CONNECT_ATTEMPT\":20,"))
#define AT(type, phase, params) \
	"{\"params\":{" params "},\"phase\":" #phase ",\"source\":{\"id\":5,\"start_time\":\"1\",\"type\":0},\"time\":\"385123\",\"type\":" #type "}"
#define TAIL "],\n\"polledData\": {\"x\":[{\"type\":20}]}\n}\n"
#define TCP AT(20, 7, "\"address\":\"192.0.2.7:443\"")
#define WHEN "1795435385123|-|-|"

static void events_become_entries(void **state)
{
	struct rows *r = *state;
	read_log_text(r, &reader_net_log,
		      HEAD TCP ",\n"
		      AT(20, 8, "\"net_error\":-102") ",\n"
		      AT(25, 7, "\"address\":\"[2001:db8::1]:53\"") ",\n"
		      AT(21, 7, "\"host\":\"https://api.example:443\"") ",\n"
		      AT(21, 7, "\"host\":\"api.example\"") ",\n"
		      AT(26, 7, "\"method\":\"GET\",\"url\":\"https://api.example/a?b\"") ",\n"
		      AT(26, 7, "\"url\":\"vscode-file://vscode-app/x.js\"") ",\n"
		      AT(26, 7, "\"url\":\"data:text/plain,x\"") ",\n"
		      AT(22, 7, "\"host\":\"quic.example\",\"port\":8443") ",\n"
		      AT(22, 7, "\"host\":\"quic.example\"") ",\n"
		      /* the same connects again, as others tell them */
		      AT(24, 7, "\"address_list\":[\"192.0.2.7:443\"]") ",\n"
		      AT(23, 9, "\"address\":\"192.0.2.7:443\"") ",\n"
		      "{\"phase\":9,\"source\":{\"id\":1},\"time\":\"1\",\"type\":0}\n" TAIL);
	assert_rows(r->store, ENTRIES,
		    "1|" WHEN "-|192.0.2.7|443|tcp|logged|-|-|out;"
		    "3|" WHEN "-|2001:db8::1|53|udp|logged|-|-|out;"
		    "4|" WHEN "api.example|-|-|dns|logged|-|-|out;"
		    "5|" WHEN "api.example|-|-|dns|logged|-|-|out;"
		    "6|" WHEN "api.example|-|443|-|logged|-|-|out;"
		    "9|" WHEN "quic.example|-|8443|udp|logged|-|-|out;"
		    "10|" WHEN "quic.example|-|-|udp|logged|-|-|out;");
	assert_rows(r->store, COUNTS, "13|7|6|0;");
	assert_rows(r->store, "SELECT zone FROM app_log", "as stated;");
}

static void where_there_are_no_attempts(void **state)
{
	struct rows *r = *state;
	read_log_text(r, &reader_net_log,
		      CONSTANTS(TYPES_OF("")) AT(24, 7, "\"address_list\":[\"192.0.2.7:443\",\"192.0.2.8:443\"]") ",\n"
		      AT(23, 9, "\"address\":\"192.0.2.9:443\"") ",\n" AT(20, 7, "\"address\":\"192.0.2.1:1\"") "\n" TAIL);
	assert_rows(r->store, "SELECT line, dst FROM app_event ORDER BY id", "1|192.0.2.7;2|192.0.2.9;");
	assert_rows(r->store, COUNTS, "3|2|1|0;");
}

static void however_it_is_laid_out(void **state)
{
	struct rows *r = *state;
	/* one line, numbers for strings, the members in another order, an array that is none of ours */
	read_log_text(r, &reader_net_log,
		      "\xef\xbb\xbf{\"other\":{\"events\":[{\"type\":20}]},\"constants\":{" PHASES ",\"timeTickOffset\":1795435000000,"
		      TYPES_OF("\"TCP_CONNECT_ATTEMPT\":20,") "},\"events\":[{\"type\":20,\"phase\":7,\"time\":385123,\"params\":{\"address\":"
		      "\"192.0.2.7:443\",\"x\":[[{}]]}}," TCP "]}");
	assert_rows(r->store, "SELECT line, dst FROM app_event ORDER BY id", "1|192.0.2.7;2|192.0.2.7;");
	assert_rows(r->store, COUNTS, "2|2|0|0;");
	/* an event on many lines */
	read_log_text(r, &reader_net_log,
		      HEAD "  {\n    \"type\": 20,\n    \"phase\": 7,\n    \"time\": \"385123\",\n    \"params\": {\n      \"address\": "
		      "\"192.0.2.7:443\"\n    }\n  }\n  ,\n" TCP "\n]\n}");
	assert_rows(r->store, COUNTS, "2|2|0|0;");
}

static void a_program_that_was_killed(void **state)
{
	struct rows *r = *state;
	static const struct {
		const char *text, *counts;
	} cases[] = {
		{HEAD TCP ",\n", "1|1|0|0;"},
		{HEAD TCP, "1|1|0|0;"},
		{HEAD TCP ",\n" "{\"params\":{\"addr", "2|1|0|1;"},
		{HEAD TCP ",\n" "{\"params\":{},\"phase\":7", "2|1|0|1;"},
		{HEAD, "0|0|0|0;"},
		{"{\"constants\":{\"activeFie", "0|0|0|0;"},
		{"", "0|0|0|0;"},
	};
	for (size_t i = 0; i < LENGTH(cases); i++) {
		read_log_text(r, &reader_net_log, cases[i].text);
		assert_rows(r->store, COUNTS, cases[i].counts);
	}
}

static void one_broken_event_takes_no_other_with_it(void **state)
{
	struct rows *r = *state;
	read_log_text(r, &reader_net_log,
		      HEAD TCP ",\n{\"params\":{\"a\":\"b},\n" TCP ",\n7,\n\"x\",\n[1],\n{},\n" AT(20, 7, "\"address\":\"nobody\"") ",\n"
		      AT(20, 7, "\"x\":1") ",\n" AT(21, 7, "\"host\":\"\"") ",\n" AT(22, 7, "\"host\":\"a b\"") ",\n"
		      AT(22, 7, "\"host\":\"a\",\"port\":65536") ",\n{\"type\":20,\"phase\":7,\"time\":\"x\"},\n{\"type\":20,\"phase\":7,\"time\":\"1\"},\n"
		      "{\"type\":20,\"phase\":7,\"time\":\"7258118400000\",\"params\":{}},\n" TCP "\n" TAIL);
	assert_rows(r->store, "SELECT line FROM app_event ORDER BY id", "1;3;16;");
	assert_rows(r->store, COUNTS, "16|3|0|13;");
	assert_rows(r->store, "SELECT reason, count, first_record FROM skipped ORDER BY first_record",
		    "a control character inside a string|1|2;no JSON object|3|4;an event without type and phase|1|7;"
		    "a connect whose address cannot be read|2|8;a lookup without a name that can be read|1|10;"
		    "a QUIC session without a host that can be read|1|11;a port that is not 0 to 65535|1|12;"
		    "an event without a time that can be read|2|13;an event without its parameters|1|14;");
}

static void constants_that_are_wrong(void **state)
{
	struct rows *r = *state;
	static const struct {
		const char *head, *why;
	} cases[] = {
		{"{\"events\":[", "an event in front of the constants that name its type|1;"},
		{"{\"constants\":{},\"events\":[", "constants without the types of events or the offset of their times|1;"},
		{"{\"constants\":{" OFFSET ",\"logEventTypes\":{}},\"events\":[", "constants without the phases of events|1;"},
		{"{\"constants\":{" OFFSET ",\"logEventTypes\":{},\"logEventPhase\":{}},\"events\":[",
		 "constants without the phases of events|1;"},
		{"{\"constants\":{,},\"events\":[", "a member without a key|1;"},
	};
	for (size_t i = 0; i < LENGTH(cases); i++) {
		char text[1024];
		snprintf(text, sizeof text, "%s%s]}", cases[i].head, TCP);
		read_log_text(r, &reader_net_log, text);
		assert_rows(r->store, COUNTS, "1|0|0|1;");
		assert_rows(r->store, "SELECT reason, first_record FROM skipped", cases[i].why);
	}
}

static void add_many(struct text *to, char byte, size_t count)
{
	while (count-- > 0)
		text_add_char(to, byte);
}

static void what_is_too_long(void **state)
{
	struct rows *r = *state;
	AUTO_TEXT struct text log = text_make(8 << 20);
	/* longer than a line of other logs is; longer than any event; one that never ends */
	text_add_string(&log, HEAD "{\"params\":{\"hex\":\"");
	add_many(&log, '0', 2 * APP_LINE_MAX);
	text_add_string(&log, "\",\"address\":\"192.0.2.8:1\"},\"phase\":7,\"time\":\"1\",\"type\":20},\n{\"x\":\"");
	add_many(&log, '0', NET_LOG_PART_MAX);
	text_add_string(&log, "\"},\n" TCP ",\n{\"x\":[");
	add_many(&log, '[', NET_LOG_PART_MAX);
	text_add_string(&log, "\n" TCP ",\n" TCP "\n" TAIL);
	read_log_bytes(r, &reader_net_log, text_slice(&log));
	assert_rows(r->store, "SELECT line FROM app_event ORDER BY id", "1;3;5;6;");
	assert_rows(r->store, COUNTS, "6|4|0|2;");
	assert_rows(r->store, "SELECT reason, count FROM skipped", "longer than any line of a log|2;");
}

static void what_is_recognised(void **state)
{
	(void)state;
	assert_log_taken(SLICE(HEAD TCP TAIL), "net-log");
	assert_log_taken(SLICE("\xef\xbb\xbf\n{\n  \"constants\": {\n    \"addressFamily\": {}"), "net-log");
	assert_int_equal(reader_net_log.sniff(SLICE("{\"constants\":{\"pi\":3}}")), 0);
	assert_int_equal(reader_net_log.sniff(SLICE("{\"a\":1,\"constants\":{\"clientInfo\":3}}")), 0);
	assert_int_equal(reader_net_log.sniff(SLICE("x: {\"constants\":{\"clientInfo\":3}}")), 0);
	assert_int_equal(reader_net_log.sniff(SLICE("")), 0);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		rows_test(events_become_entries),
		rows_test(where_there_are_no_attempts),
		rows_test(however_it_is_laid_out),
		rows_test(a_program_that_was_killed),
		rows_test(one_broken_event_takes_no_other_with_it),
		rows_test(constants_that_are_wrong),
		rows_test(what_is_too_long),
		cmocka_unit_test(what_is_recognised),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
