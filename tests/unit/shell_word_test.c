/* SPDX-License-Identifier: Apache-2.0 */
#include "tests/unit/test.h"

#include "core/shell_word.h"

static void words_are_quoted_where_they_must_be(void **state)
{
	(void)state;
	static const struct {
		const char *word, *shown;
	} cases[] = {
		{"airgap-sessions/20261128T120000Z-ab", "airgap-sessions/20261128T120000Z-ab"},
		{"prüfung/a_b.zip", "prüfung/a_b.zip"},
		{"two words", "'two words'"},
		{"it's", "'it'\\''s'"},
		{"$HOME", "'$HOME'"},
		{"a;b", "'a;b'"},
		{"*", "'*'"},
		{"~x", "'~x'"},
		{"line\nline", "'line\\x0aline'"},
		{"", "''"},
	};
	for (size_t i = 0; i < LENGTH(cases); i++) {
		AUTO_TEXT struct text t = text_make(256);
		shell_word_add(&t, slice_of_string(cases[i].word), 200);
		assert_string_equal(text_string(&t), cases[i].shown);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(words_are_quoted_where_they_must_be),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
