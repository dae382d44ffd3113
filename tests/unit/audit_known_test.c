/* SPDX-License-Identifier: Apache-2.0 */
/* What the last audits found: kept, merged, forgotten. */
#include "tests/unit/test.h"

#include "cli/audit_known.h"
#include "core/text.h"

static void add(struct audit_known *k, const char *kind, const char *name, const char *value, int64_t ended)
{
	audit_known_add(k, slice_of_string(kind), slice_of_string(name), slice_of_string(value), ended);
}

static void holds(struct audit_known *k, const char *wanted)
{
	AUTO_TEXT struct text text = text_make(1 << 20);
	audit_known_write(k, &text);
	assert_string_equal(text_string(&text), wanted);
}

#define LINE(kind, name, value, first, last) \
	"{\"known\":\"" kind "\",\"name\":\"" name "\",\"value\":\"" value "\",\"first_ns\":" first ",\"last_ns\":" last "}\n"

static void the_same_is_one_row(void **state)
{
	(void)state;
	AUTO_AUDIT_KNOWN struct audit_known *k = audit_known_new();
	add(k, "b", "x", "", 5);
	add(k, "a", "y\n\"", "2", 9);
	add(k, "b", "x", "", 9);
	add(k, "a", "y\n\"", "1", 5);
	const char *wanted = LINE("a", "y\\n\\\"", "1", "5", "5") LINE("a", "y\\n\\\"", "2", "9", "9") LINE("b", "x", "", "5", "9");
	holds(k, wanted);
	AUTO_AUDIT_KNOWN struct audit_known *again = audit_known_new();
	assert_null(audit_known_parse(again, slice_of_string(wanted)));
	holds(again, wanted);
}

static void what_is_long_gone_is_forgotten(void **state)
{
	(void)state;
	AUTO_AUDIT_KNOWN struct audit_known *k = audit_known_new();
	for (int i = 1; i <= 6; i++) {
		char name[16];
		snprintf(name, sizeof name, "n%d", i);
		add(k, "k", name, "", i * 10);
		add(k, "k", "always", "", i * 10);
	}
	audit_known_forget(k, 7);
	AUTO_TEXT struct text text = text_make(1 << 20);
	audit_known_write(k, &text);
	assert_contains(text_string(&text), "\"n1\"");
	audit_known_forget(k, 2); /* the rows that were merged stand for 10 to 60 */
	holds(k, LINE("k", "always", "", "10", "60") LINE("k", "n5", "", "50", "50") LINE("k", "n6", "", "60", "60"));
	audit_known_forget(k, 1);
	holds(k, LINE("k", "always", "", "10", "60") LINE("k", "n6", "", "60", "60"));
}

static void a_file_is_what_was_left(void **state)
{
	struct scratch *s = *state;
	struct error err = {0};
	char sha256[HASH_TEXT_MAX];
	const char *why;
	AUTO_AUDIT_KNOWN struct audit_known *k = audit_known_new();
	assert_int_equal(audit_known_load(k, s->fd, "", &why, &err), OK);
	assert_contains(why, "is not there");
	add(k, "a", "b", "c", 5);
	assert_int_equal(audit_known_save(k, s->fd, sha256, &err), OK);
	AUTO_AUDIT_KNOWN struct audit_known *again = audit_known_new();
	assert_int_equal(audit_known_load(again, s->fd, sha256, &why, &err), OK);
	assert_null(why);
	holds(again, LINE("a", "b", "c", "5", "5"));
	scratch_put(s, KNOWN_FILE, SLICE(LINE("a", "other", "c", "5", "5")));
	AUTO_AUDIT_KNOWN struct audit_known *third = audit_known_new();
	assert_int_equal(audit_known_load(third, s->fd, sha256, &why, &err), OK);
	assert_contains(why, "is not what the last audit left");
	holds(third, "");
}

static void a_line_that_is_none(void **state)
{
	(void)state;
	static const char *const bad[] = {"x\n", "{}\n", LINE("a", "b", "c", "0", "5"), LINE("a", "b", "c", "6", "5"), "{\"known\":7}\n"};
	for (size_t i = 0; i < LENGTH(bad); i++) {
		AUTO_AUDIT_KNOWN struct audit_known *k = audit_known_new();
		assert_string_equal(audit_known_parse(k, slice_of_string(bad[i])), "a line of it cannot be read");
	}
}

int main(void)
{
	umask(077);
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(the_same_is_one_row),
		cmocka_unit_test(what_is_long_gone_is_forgotten),
		scratch_test(a_file_is_what_was_left),
		cmocka_unit_test(a_line_that_is_none),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
