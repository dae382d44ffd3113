/* SPDX-License-Identifier: Apache-2.0 */
#include "tests/unit/test.h"

#include "cli/session_warn.h"

#include <stdio.h>

static void a_log_that_is_not_there(void **state)
{
	const struct scratch *s = *state;
	char there[128], named[160], none[128], named_none[160];
	AUTO_TEXT struct text said = text_make(4096);
	scratch_put(s, "a=b.log", SLICE("x"));
	snprintf(there, sizeof there, "%s/a=b.log", s->path);
	snprintf(named, sizeof named, "agent=%s", there);
	snprintf(none, sizeof none, "%s/none.log", s->path);
	snprintf(named_none, sizeof named_none, "agent=%s", none);
	session_warn(&(struct session_warn){.logs = (const char *const[]){there, named}, .log_count = 2, .root = true}, &said);
	assert_string_equal(text_string(&said), "");
	session_warn(&(struct session_warn){.logs = (const char *const[]){none}, .log_count = 1}, &said);
	assert_contains(text_string(&said), "/none.log is not there yet");
	text_clear(&said);
	session_warn(&(struct session_warn){.logs = (const char *const[]){named_none}, .log_count = 1}, &said);
	assert_contains(text_string(&said), "--app-log /"); /* the file, and not its name */
}

static void isolated_as_root(void **state)
{
	(void)state;
	AUTO_TEXT struct text said = text_make(4096);
	session_warn(&(struct session_warn){.isolated = true}, &said);
	session_warn(&(struct session_warn){.root = true}, &said);
	assert_string_equal(text_string(&said), "");
	session_warn(&(struct session_warn){.isolated = true, .root = true}, &said);
	assert_contains(text_string(&said), "--isolate as root is never PASS");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		scratch_test(a_log_that_is_not_there),
		cmocka_unit_test(isolated_as_root),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
