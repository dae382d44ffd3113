/* SPDX-License-Identifier: Apache-2.0 */
/* Entries of the journal's export format, one after the other and as places of a rule. */
#include "tests/unit/direct.h"
#include "tests/unit/fake_store.h"

#include "core/text.h"
#include "ingest/described.h"
#include "ingest/described_export.h"
#include "ingest/descriptions.h"

static const char TEXT_ENTRY[] = "__CURSOR=s=1;i=2\n"
				 "__REALTIME_TIMESTAMP=1795435385123456\n"
				 "_TRANSPORT=kernel\n"
				 "SYSLOG_IDENTIFIER=kernel\n"
				 "MESSAGE=[UFW BLOCK] IN= OUT=eth0 SRC=192.0.2.1 DST=198.51.100.7 PROTO=TCP SPT=4 DPT=443\n"
				 "\n";

/* What stands behind it in a value of the other kind: an empty line, a NUL, '='. */
#define BINARY_HEAD "__REALTIME_TIMESTAMP=1795435386000000\nBLOB\n\x08\0\0\0\0\0\0\0"
#define BINARY_VALUE "a\n\nb=\0\xff" "c"
static const char BINARY_ENTRY[] = BINARY_HEAD BINARY_VALUE
	"\nSYSLOG_IDENTIFIER=kernel\nMESSAGE\n\x26\0\0\0\0\0\0\0"
	"[UFW ALLOW] IN= OUT=lo DST=192.0.2.9 \\\n\n";

static struct described_export entry;

static enum line next(struct input *in, struct slice *ret)
{
	return described_export_next(&entry, in, ret);
}

static void entries_one_after_the_other(void **state)
{
	(void)state;
	AUTO_TEXT struct text all = text_make(1 << 20);
	AUTO_INPUT struct input in;
	struct slice got;
	text_add_string(&all, TEXT_ENTRY);
	text_add(&all, slice_of(BINARY_ENTRY, sizeof BINARY_ENTRY - 1));
	text_add_string(&all, "\n\n\nA=1\nB=2");
	input_over(text_slice(&all), "", &in);
	assert_int_equal(next(&in, &got), LINE_WHOLE);
	assert_true(slice_equal(got, slice_of(TEXT_ENTRY, sizeof TEXT_ENTRY - 2)));
	assert_int_equal(next(&in, &got), LINE_WHOLE);
	assert_true(slice_equal(got, slice_of(BINARY_ENTRY, sizeof BINARY_ENTRY - 2)));
	assert_int_equal(next(&in, &got), LINE_CUT);
	assert_slice(got, "A=1\nB=2");
	assert_int_equal(next(&in, &got), LINE_END);
}

static void one_that_is_too_long_is_passed_over(void **state)
{
	(void)state;
	AUTO_TEXT struct text all = text_make(4 << 20);
	AUTO_INPUT struct input in;
	struct slice got;
	/* a value of the second kind, with what would end an entry in it */
	text_add(&all, SLICE("A=1\nCOREDUMP\n\0\0\x02\0\0\0\0\0"));
	for (size_t i = 0; i < 0x20000; i++)
		text_add_char(&all, '\n');
	text_add_string(&all, "\nB=2\n\nC=");
	/* a line of the first kind */
	for (size_t i = 0; i <= APP_LINE_MAX; i++)
		text_add_char(&all, 'x');
	text_add_string(&all, "\n\nD=4\n\n");
	input_over(text_slice(&all), "", &in);
	assert_int_equal(next(&in, &got), LINE_TOO_LONG);
	assert_int_equal(next(&in, &got), LINE_TOO_LONG);
	assert_int_equal(next(&in, &got), LINE_WHOLE);
	assert_slice(got, "D=4\n");
	assert_int_equal(next(&in, &got), LINE_END);
}

static void a_size_that_nothing_can_have(void **state)
{
	(void)state;
	AUTO_INPUT struct input in;
	struct slice got;
	input_over(SLICE("A\n\xff\xff\xff\xff\xff\xff\xff\xff" "B=1\n\nC=2\n\n"), "", &in);
	assert_int_equal(next(&in, &got), LINE_TOO_LONG);
	assert_int_equal(next(&in, &got), LINE_END);
}

static void fields_are_the_places(void **state)
{
	(void)state;
	struct description *d = NULL;
	struct error err = {0};
	struct json_value slots[DESCRIPTION_SLOTS_MAX];
	static const char text[] = "[log]\nname = x\nformat = export\n[event e]\nwhen BLOB = *\nhost = MESSAGE|NONE\n";
	assert_int_equal(description_parse(slice_of_string(text), "x.ini", &d, &err), OK);
	assert_null(described_export_fields(d, slice_of(BINARY_ENTRY, sizeof BINARY_ENTRY - 2), slots));
	assert_true(slice_equal(slots[0].raw, slice_of(BINARY_VALUE, sizeof BINARY_VALUE - 1)));
	assert_slice(slots[1].raw, "[UFW ALLOW] IN= OUT=lo DST=192.0.2.9 \\");
	assert_int_equal(slots[2].type, JSON_ABSENT);
	/* the first one counts */
	assert_null(described_export_fields(d, SLICE("MESSAGE=a=b\nMESSAGE=c\n"), slots));
	assert_slice(slots[1].raw, "a=b");
	/* cut off in the size, the value and the LF behind it */
	for (size_t size = sizeof BINARY_HEAD - 2; size < sizeof BINARY_HEAD + sizeof BINARY_VALUE - 2; size++)
		assert_string_equal(described_export_fields(d, slice_of(BINARY_ENTRY, size), slots),
				    "an entry of the journal that is cut off");
	description_free(d);
}

static const struct description *chosen;

static enum status read_chosen(struct ingest *to, struct input *in, uint64_t *ret_records, struct error *err)
{
	return described_read(chosen, to, in, ret_records, err);
}

static const struct reader reader_chosen = {"netfilter-export", "", ROW_WRITES_LOG, NULL, read_chosen};

static void a_journal_becomes_rows(void **state)
{
	struct rows *r = *state;
	struct error err = {0};
	struct ingest to = {.path = "log"};
	struct descriptions *all = descriptions_new();
	uint64_t records = 0;
	AUTO_TEXT struct text log = text_make(1 << 20);
	for (size_t i = 0; i < descriptions_count(all); i++)
		if (!strcmp(descriptions_at(all, i)->name, "netfilter-export"))
			chosen = descriptions_at(all, i);
	text_add_string(&log, TEXT_ENTRY);
	text_add(&log, slice_of(BINARY_ENTRY, sizeof BINARY_ENTRY - 1));
	text_add_string(&log, "__REALTIME_TIMESTAMP=1795435387000000\nMESSAGE=hello\n\nMESSAGE\nshort");
	sqlite3_stmt *q = store_query(r->store, QUERY_SOURCE_INSERT);
	store_bind_text(q, 1, "log");
	store_bind_text(q, 2, "netfilter-export");
	assert_int_equal(store_run(q, &err), OK);
	to.source = store_last_id(r->store);
	assert_int_equal(store_run(store_query(r->store, QUERY_APP_LOG_INSERT), &err), OK);
	to.app_log = store_last_id(r->store);
	assert_int_equal(direct_read(r->store, &to, &reader_chosen, text_slice(&log), &records, &err), OK);
	assert_int_equal(records, 4);
	assert_rows(r->store, "SELECT lines, events, other, unread FROM app_log", "4|2|1|1;");
	assert_rows(r->store, "SELECT line, time_ns / 1000, dst, dport, proto, disposition, src, sport, dir FROM app_event",
		    "1|1795435385123456|198.51.100.7|443|tcp|blocked|192.0.2.1|4|out;"
		    "2|1795435386000000|192.0.2.9|-|-|allowed|-|-|out;");
	assert_rows(r->store, "SELECT reason, first_record FROM skipped", "an entry of the journal that is cut off|4;");
	descriptions_free(all);
}

static void it_is_recognised(void **state)
{
	(void)state;
	struct descriptions *all = descriptions_new();
	static struct start start;
	for (size_t i = 0; i < descriptions_count(all); i++) {
		const struct description *d = descriptions_at(all, i);
		unsigned sure = described_sniff(d, &start, slice_of_string(TEXT_ENTRY));
		assert_int_equal(sure >= 50, !strcmp(d->name, "netfilter-export"));
		/* one entry that is longer than what is looked at */
		AUTO_TEXT struct text log = text_make(1 << 16);
		text_add(&log, slice_of(TEXT_ENTRY, sizeof TEXT_ENTRY - 2));
		while (log.size < INPUT_SNIFF)
			text_add_string(&log, "KEY=value\n");
		sure = described_sniff(d, &start, slice_part(text_slice(&log), 0, INPUT_SNIFF));
		assert_int_equal(sure >= 50, !strcmp(d->name, "netfilter-export"));
	}
	descriptions_free(all);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(entries_one_after_the_other),
		cmocka_unit_test(one_that_is_too_long_is_passed_over),
		cmocka_unit_test(a_size_that_nothing_can_have),
		cmocka_unit_test(fields_are_the_places),
		rows_test(a_journal_becomes_rows),
		cmocka_unit_test(it_is_recognised),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
