/* SPDX-License-Identifier: Apache-2.0 */
#include "tests/unit/posture_text.h"
#include "tests/unit/socket_table.h"

#define HEADING "{\"format\":\"airgap-verify posture\",\"version\":1,\"root\":\"/\"}\n"

static void records_become_items_and_facts(void **state)
{
	struct rows *r = *state;
	read_table(r, &reader_posture,
		   HEADING
		   "{\"what\":\"editor-settings\",\"subject\":\"VS Code\",\"scope\":\"user\",\"path\":\"/h/s.json\","
		   "\"state\":\"read\",\"size\":9,\"text\":\"{\\\"a\\\": 1}\"}\n"
		   "{\"what\":\"program\",\"subject\":\"Ollama\",\"scope\":\"system\",\"path\":\"/b\",\"state\":\"there\"}\n"
		   "{\"what\":\"nft\",\"subject\":\"\",\"scope\":\"tool\",\"path\":\"/n\",\"state\":\"failed\",\"problem\":\"no right\"}\n");
	assert_rows(r->store, "SELECT record, what, subject, scope, path, state, problem FROM posture_item ORDER BY record",
		    "1|heading|||||-;2|editor-settings|VS Code|user|/h/s.json|read|-;"
		    "3|program|Ollama|system|/b|there|-;4|nft||tool|/n|failed|no right;");
	assert_rows(r->store, "SELECT record, name, value FROM posture_fact", "2|a|1;");
	assert_rows(r->store, SKIPPED, "");
	assert_taken(HEADING, "posture");
}

static void what_was_cut_is_never_whole(void **state)
{
	struct rows *r = *state;
	read_table(r, &reader_posture,
		   HEADING "{\"what\":\"iptables\",\"state\":\"cut\",\"text\":\"*filter\\n:OUTPUT DROP [0:0]\\n\"}\n");
	assert_rows(r->store, DOUBTS, "longer than is kept;");
}

static void what_is_no_record_is_counted(void **state)
{
	struct rows *r = *state;
	read_table(r, &reader_posture, HEADING "{\"what\":\"odd\"}\nbroken\n[1]\n{\"what\":\"nft\",\"what\":\"nft\"}\n");
	assert_int_equal(rows_number(r->store, "SELECT sum(count) FROM skipped"), 4);
	assert_int_equal(rows_number(r->store, "SELECT count(*) FROM posture_item"), 1);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		rows_test(records_become_items_and_facts),
		rows_test(what_was_cut_is_never_whole),
		rows_test(what_is_no_record_is_counted),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
