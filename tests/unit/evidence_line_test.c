/* SPDX-License-Identifier: Apache-2.0 */
#include "tests/unit/test.h"

#include "ingest/evidence_line.h"

static void members_by_their_type(void **state)
{
	(void)state;
	struct evidence_line l;
	char *buffer = must_alloc(EVIDENCE_STRING_MAX, 1);
	struct slice plain;
	uint64_t u = 0;
	int64_t i = 0;
	assert_null(evidence_line_read(SLICE("{\"kind\":\"attempt\",\"t\":-5,\"cookie\":"
					     "18446744073709551615,\"tree\":true,"
					     "\"cgroup\":false,\"comm\":\"a\\tb\",\"call\":"
					     "\"connect\",\"unknown\":{\"kind\":1},"
					     "\"uid\":\"0\",\"suite\":1}"),
				       &l));
	assert_true(evidence_is(&l, FIELD_KIND, "attempt"));
	assert_false(evidence_is(&l, FIELD_KIND, "attempts"));
	assert_false(evidence_is(&l, FIELD_T, "-5"));
	assert_true(evidence_i64(&l, FIELD_T, &i) && i == -5);
	assert_false(evidence_u64(&l, FIELD_T, &u));
	assert_true(evidence_u64(&l, FIELD_COOKIE, &u) && u == UINT64_MAX);
	assert_false(evidence_i64(&l, FIELD_COOKIE, &i));
	assert_false(evidence_u64(&l, FIELD_UID, &u)); /* a number as text is none */
	assert_false(evidence_u64(&l, FIELD_PID, &u));
	assert_true(evidence_flag(&l, FIELD_TREE));
	assert_false(evidence_flag(&l, FIELD_CGROUP));
	assert_false(evidence_flag(&l, FIELD_SUITE));
	assert_false(evidence_flag(&l, FIELD_ABSTRACT));
	assert_true(evidence_text(&l, FIELD_COMM, buffer, &plain));
	assert_slice(plain, "a\tb");
	assert_true(evidence_text(&l, FIELD_CALL, buffer, &plain));
	assert_slice(plain, "connect");
	assert_false(evidence_text(&l, FIELD_T, buffer, &plain));
	assert_false(evidence_text(&l, FIELD_EXE, buffer, &plain));
	free(buffer);
}

static void every_member_has_its_name(void **state)
{
	(void)state;
	struct evidence_line l;
	assert_null(evidence_line_read(SLICE("{\"kind\":\"x\"}"), &l));
	for (size_t i = 0; i < FIELD_COUNT; i++) {
		assert_non_null(l.members[i].key);
		for (size_t k = 0; k < i; k++)
			assert_string_not_equal(l.members[i].key, l.members[k].key);
	}
}

static void bad_lines_say_why(void **state)
{
	(void)state;
	static const struct {
		const char *line, *why;
	} cases[] = {
		{"", "nothing"},
		{"{}", "without its kind"},
		{"{\"kind\":7}", "without its kind"},
		{"{\"kind\":\"a\",\"kind\":\"b\"}", "twice"},
		{"{\"kind\":\"a\",\"pid\":1,\"pid\":2}", "twice"},
		{"{\"kind\":\"a\"}{", "behind"},
		{"[\"kind\"]", "no JSON object"},
		{"{\"kind\":\"a\"", "without its end"},
	};
	for (size_t i = 0; i < LENGTH(cases); i++) {
		struct evidence_line l;
		const char *why = evidence_line_read(slice_of_string(cases[i].line), &l);
		assert_non_null(why);
		assert_contains(why, cases[i].why);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(members_by_their_type),
		cmocka_unit_test(every_member_has_its_name),
		cmocka_unit_test(bad_lines_say_why),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
