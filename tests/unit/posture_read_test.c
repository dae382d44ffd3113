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

static void there_is_an_end_to_it(void **state)
{
	struct rows *r = *state;
	AUTO_TEXT struct text all = text_make(16 << 20);
	text_add_string(&all, HEADING);
	for (unsigned i = 0; i < 4; i++) {
		text_add_string(&all, "{\"what\":\"environment\",\"state\":\"read\",\"text\":\"");
		for (unsigned n = 0; n < POSTURE_FACTS_MAX + 5; n++)
			text_add_string(&all, "a=b\\n");
		text_add_string(&all, "\"}\n");
	}
	read_table(r, &reader_posture, text_string(&all));
	assert_int_equal(rows_number(r->store, "SELECT count(*) FROM posture_fact"), POSTURE_ALL_MAX);
	assert_rows(r->store, "SELECT record, why FROM posture_doubt ORDER BY record",
		    "2|more than is read of one file;3|more than is read of one file;4|more than is read of one file;"
		    "5|more than is read of one file;");
	text_clear(&all);
	text_add_string(&all, HEADING);
	for (unsigned n = 0; n < 2500; n++)
		text_add_string(&all, "{\"what\":\"program\",\"state\":\"absent\"}\n");
	read_table(r, &reader_posture, text_string(&all));
	assert_rows(r->store, "SELECT reason, count FROM skipped", "more records than are read|501;");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		rows_test(records_become_items_and_facts),
		rows_test(what_was_cut_is_never_whole),
		rows_test(what_is_no_record_is_counted),
		rows_test(there_is_an_end_to_it),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
