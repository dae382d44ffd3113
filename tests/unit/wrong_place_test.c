/* SPDX-License-Identifier: Apache-2.0 */
#include "tests/unit/test.h"

#include "cli/wrong_place.h"

#include <stdio.h>
#include <sys/stat.h>

static struct error why;

static enum status check(const struct scratch *s, const char *name, enum wrong_place_takes takes)
{
	char path[256];
	snprintf(path, sizeof path, "%s/%s", s->path, name);
	why = (struct error){0};
	return wrong_place_check(path, takes, &why);
}

static void a_bundle_is_unpacked_first(void **state)
{
	const struct scratch *s = *state;
	scratch_put(s, "a.zip", SLICE("PK\3\4and so on"));
	scratch_put(s, "audit.db", SLICE("SQLite format 3"));
	scratch_put(s, "short", SLICE("PK"));
	assert_int_equal(check(s, "a.zip", WRONG_PLACE_SESSION), ERR_USAGE);
	assert_contains(why.text, "a.zip is a bundle");
	assert_contains(why.text, "the folder raw");
	assert_int_equal(check(s, "a.zip", WRONG_PLACE_UNPACKED), ERR_USAGE);
	assert_contains(why.text, "name its folder");
	assert_int_equal(check(s, "a.zip", WRONG_PLACE_BUNDLE), OK);
	assert_int_equal(check(s, "audit.db", WRONG_PLACE_SESSION), OK);
	assert_int_equal(check(s, "short", WRONG_PLACE_SESSION), OK);
	assert_int_equal(check(s, "none", WRONG_PLACE_SESSION), OK);
}

static void of_many_sessions_one_is_to_be_named(void **state)
{
	const struct scratch *s = *state;
	assert_int_equal(check(s, "", WRONG_PLACE_BUNDLE), OK); /* there is nothing */
	assert_int_equal(mkdirat(s->fd, "20261128T120000Z-b", 0700), 0);
	assert_int_equal(mkdirat(s->fd, "20261127T120000Z-a", 0700), 0);
	assert_int_equal(mkdirat(s->fd, "zzz", 0700), 0);
	scratch_put(s, "20261128T120000Z-b/evidence.ndjson", SLICE(""));
	scratch_put(s, "20261127T120000Z-a/evidence.ndjson", SLICE(""));
	assert_int_equal(check(s, "", WRONG_PLACE_BUNDLE), ERR_USAGE);
	assert_contains(why.text, "holds 2 sessions");
	assert_contains(why.text, "/20261128T120000Z-b");
	assert_int_equal(check(s, "20261128T120000Z-b", WRONG_PLACE_SESSION), OK);
	assert_int_equal(mkdirat(s->fd, "seal", 0700), 0); /* sealed as a whole: what is in it is its own business */
	assert_int_equal(check(s, "", WRONG_PLACE_BUNDLE), OK);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		scratch_test(a_bundle_is_unpacked_first),
		scratch_test(of_many_sessions_one_is_to_be_named),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
