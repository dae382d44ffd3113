/* SPDX-License-Identifier: Apache-2.0 */
#include "tests/unit/test.h"

#include "core/file.h"

/* Nothing of it needs Windows, and the Linux programs do not have it. */
#include "collectors/windows/etw_record.c"

static const unsigned char guid[] = {0x49, 0x2a, 0xd4, 0x7d, 0x29, 0x53, 0x32, 0x48,
				     0x8d, 0xfd, 0x43, 0xd9, 0x79, 0x15, 0x3a, 0x88};

/* The line that a record becomes, without those of the log around it. */
static void check_line(struct scratch *s, const struct etw_record *r, struct slice data, const char *wanted)
{
	struct error err = {0};
	struct evidence *e = NULL;
	AUTO_TEXT struct text log = text_make(1 << 20);
	assert_int_equal(evidence_open(s->fd, "evidence.ndjson", "00", &e, &err), OK);
	etw_record_write(e, r, data);
	assert_int_equal(evidence_close(&e, &err), OK);
	assert_int_equal(file_read(s->fd, "evidence.ndjson", 1 << 20, &log, &err), OK);
	struct cursor c = cursor_over(text_slice(&log));
	struct slice line;
	assert_true(cursor_line(&c, &line, NULL) && cursor_line(&c, &line, NULL));
	assert_true(line.size >= strlen(wanted));
	assert_int_equal(memcmp(line.at, wanted, strlen(wanted)), 0);
	assert_int_equal(unlinkat(s->fd, "evidence.ndjson", 0), 0);
}

static void each_member_stands_in_its_record(void **state)
{
	struct etw_record r = {
		.filetime = INT64_C(116444736000000000) + 17954352000000123,
		.keyword = UINT64_C(0x8000000000000010),
		.pid = 1000,
		.tid = 7,
		.id = 42,
		.flags = 0x240,
		.version = 1,
		.level = 4,
		.opcode = 42,
		.size = 3,
	};
	memcpy(r.provider, guid, sizeof guid);
	check_line(*state, &r, SLICE("\0\x01\xff"),
		   "{\"kind\":\"etw\",\"t\":1795435200000012300,\"provider\":\"7dd42a49-5329-4832-8dfd-43d979153a88\","
		   "\"id\":42,\"version\":1,\"opcode\":42,\"level\":4,\"keyword\":9223372036854775824,\"flags\":576,"
		   "\"pid\":1000,\"tid\":7,\"data\":\"0001ff\"}");
}

/* Of a payload that is too long the size says so; a time that none can be is 0. */
static void what_does_not_fit_is_told(void **state)
{
	static unsigned char data[ETW_DATA_MAX + 1];
	static const int64_t times[] = {INT64_MIN, -1, 0, INT64_C(116444736000000000), INT64_MAX};
	struct etw_record r = {.size = sizeof data};
	for (size_t i = 0; i < LENGTH(times); i++) {
		r.filetime = times[i];
		check_line(*state, &r, slice_of(data, sizeof data),
			   "{\"kind\":\"etw\",\"t\":0,\"provider\":\"00000000-0000-0000-0000-000000000000\",\"id\":0,\"version\":0,"
			   "\"opcode\":0,\"level\":0,\"keyword\":0,\"flags\":0,\"pid\":0,\"tid\":0,\"size\":16385,\"data\":\"0000");
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(each_member_stands_in_its_record, scratch_setup, scratch_teardown),
		cmocka_unit_test_setup_teardown(what_does_not_fit_is_told, scratch_setup, scratch_teardown),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
