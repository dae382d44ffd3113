/* SPDX-License-Identifier: Apache-2.0 */
#include "tests/unit/direct.h"
#include "tests/unit/fake_store.h"

static void read_text(struct rows *r, struct slice text)
{
	struct error err = {0};
	struct ingest to = {.path = "session.json"};
	uint64_t records = 0;
	sqlite3_stmt *q = store_query(r->store, QUERY_SOURCE_INSERT);
	store_bind_text(q, 1, "session.json");
	store_bind_text(q, 2, "session");
	assert_int_equal(store_run(q, &err), OK);
	to.source = store_last_id(r->store);
	assert_int_equal(direct_read(r->store, &to, &reader_session, text, &records, &err), OK);
	assert_int_equal(records, 1);
}

static const char *fact(struct rows *r, const char *name)
{
	static char value[512];
	struct error err = {0};
	assert_int_equal(store_session_value(r->store, name, value, sizeof value, &err), OK);
	return value;
}

static void facts_become_rows(void **state)
{
	struct rows *r = *state;
	read_text(
		r,
		SLICE("{\"format\":\"airgap-verify session\",\"version\":1,\"id\":\"00ff\","
		      "\"started_ns\":1795435385000000000,\"tier\":\"full\","
		      "\"command\":[\"agent\",\"--x=1\",\"it's\",\"\",\"a b\",\"\\u0041\",7],"
		      "\"tool\":{\"version\":\"0.1.0\"},\"user\":{\"uid\":1000,\"name\":\"a\\\"b\","
		      "\"through\":null},\"host\":{\"kernel\":\"6.1\"},"
		      "\"clock\":{\"synchronised\":true,\"offset_ns\":-5},"
		      "\"options\":{\"scope\":\"session\",\"pid\":17,\"log_descriptions\":[{\"name\":\"gate\",\"sha256\":\""
		      "00112233445566778899aabbccddeeff00112233445566778899aabbccddeeff\"}]},"
		      "\"policy\":{\"text\":\"[a]\\nb=c\"}}\n"));
	assert_string_equal(fact(r, "id"), "00ff");
	assert_string_equal(fact(r, "started_ns"), "1795435385000000000");
	assert_string_equal(fact(r, "tier"), "full");
	assert_string_equal(fact(r, "collector_version"), "0.1.0");
	assert_string_equal(fact(r, "uid"), "1000");
	assert_string_equal(fact(r, "user"), "a\"b");
	assert_string_equal(fact(r, "kernel"), "6.1");
	assert_string_equal(fact(r, "clock_synchronised"), "true");
	assert_string_equal(fact(r, "clock_offset_ns"), "-5");
	assert_string_equal(fact(r, "scope"), "session");
	assert_string_equal(fact(r, "watched_pid"), "17");
	assert_string_equal(fact(r, "log_description.gate"), "00112233445566778899aabbccddeeff00112233445566778899aabbccddeeff");
	assert_string_equal(fact(r, "policy"), "[a]\nb=c");
	assert_string_equal(fact(r, "command"), "agent --x=1 'it'\\''s' '' 'a b' A");
	assert_int_equal(
		rows_number(r->store, "SELECT count(*) FROM session WHERE name = 'through'"), 0);
	assert_int_equal(rows_number(r->store, "SELECT count(*) FROM skipped"), 0);
}

static void what_cannot_be_read_is_counted(void **state)
{
	struct rows *r = *state;
	static const struct {
		const char *text, *reason;
		int64_t count; /* 0: any */
	} cases[] = {
		{"", "nothing where a value should stand", 1},
		{"{\"id\":\"x\"", "an object without its end", 1},
		{"{\"id\":\"x\"} {}", "something behind the value", 1},
		{"[1]", "no JSON object", 0},
		{"{\"id\":\"x\",\"id\":\"y\"}", "a key that stands there twice", 1},
		{"{\"options\":{\"scope\":\"host\",\"scope\":\"session\"}}",
		 "a key that stands there twice", 1},
		{"{\"options\":{\"log_descriptions\":[{\"name\":\"a\",\"sha256\":\"00\"}]}}",
		 "a description of a log without name and SHA-256", 1},
		{"{\"options\":{\"log_descriptions\":[{\"name\":\"A b\",\"sha256\":\""
		 "00112233445566778899aabbccddeeff00112233445566778899aabbccddeeff\"}]}}",
		 "a description of a log without name and SHA-256", 1},
		{"{\"options\":{\"log_descriptions\":[7]}}", "a description of a log without name and SHA-256", 1},
	};
	for (size_t i = 0; i < LENGTH(cases); i++) {
		char sql[256];
		read_text(r, slice_of_string(cases[i].text));
		snprintf(sql, sizeof sql,
			 "SELECT sum(count) FROM skipped WHERE reason = '%s' AND source = %zu",
			 cases[i].reason, i + 1);
		int64_t count = rows_number(r->store, sql);
		assert_true(cases[i].count ? count == cases[i].count : count > 0);
	}
	assert_int_equal(rows_number(r->store, "SELECT count(*) FROM session"), 0);
}

static void members_of_other_types_are_left_out(void **state)
{
	struct rows *r = *state;
	read_text(r, SLICE("{\"id\":{},\"tier\":[\"full\"],\"host\":\"name\",\"command\":\"agent\","
			   "\"user\":{}}"));
	assert_int_equal(rows_number(r->store, "SELECT count(*) FROM session"), 0);
	assert_int_equal(rows_number(r->store, "SELECT count(*) FROM skipped"), 0);
}

static void a_file_past_the_maximum_is_not_taken(void **state)
{
	struct rows *r = *state;
	const size_t size = (32 << 20) + 100;
	char *text = must_alloc(size, 1);
	memset(text, ' ', size);
	memcpy(text, "{\"id\":\"x\"}", 10);
	read_text(r, slice_of(text, size));
	free(text);
	assert_rows(r->store, "SELECT reason FROM skipped", "larger than a session file may be;");
	assert_string_equal(fact(r, "id"), "");
}

static void only_ours_is_recognised(void **state)
{
	(void)state;
	assert_int_equal(
		reader_session.sniff(SLICE("{\"format\":\"airgap-verify session\",\"v\":1}")), 100);
	assert_int_equal(reader_session.sniff(SLICE("{\"format\":\"airgap-verify evidence\",")), 0);
	assert_int_equal(reader_session.sniff(SLICE("")), 0);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		rows_test(facts_become_rows),
		rows_test(what_cannot_be_read_is_counted),
		rows_test(members_of_other_types_are_left_out),
		rows_test(a_file_past_the_maximum_is_not_taken),
		cmocka_unit_test(only_ours_is_recognised),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
