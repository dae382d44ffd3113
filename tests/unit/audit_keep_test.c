/* SPDX-License-Identifier: Apache-2.0 */
/* What of earlier audits stays. */
#include "tests/unit/test.h"

#include "cli/audit_keep.h"
#include "cli/audit_keep_list.h"
#include "core/clock.h"

enum { KEEP = 3 };

static void each_fate(void **state)
{
	(void)state;
	static const struct {
		struct audit_kept kept;
		enum audit_fate fate;
	} cases[] = {
		/* bundle, held, past, bundled, verified, newer */
		{{true, false, false, false, true, 100}, AUDIT_STAYS},
		{{true, false, true, false, true, 100}, AUDIT_GOES_PAST},
		{{true, true, true, false, true, 100}, AUDIT_HELD},
		{{true, false, true, false, false, 100}, AUDIT_UNVERIFIED},
		{{true, false, true, false, true, 0}, AUDIT_STAYS}, /* the newest */
		{{false, false, false, true, true, KEEP - 1}, AUDIT_STAYS},
		{{false, false, false, true, true, KEEP}, AUDIT_GOES_SPARE},
		{{false, true, false, true, true, KEEP}, AUDIT_HELD},
		{{false, false, false, true, false, KEEP}, AUDIT_UNVERIFIED},
		{{false, false, false, false, false, KEEP}, AUDIT_UNBUNDLED},
		{{false, false, true, false, false, KEEP}, AUDIT_GOES_PAST},
		{{false, false, true, false, false, 1}, AUDIT_GOES_PAST},
		{{false, false, true, true, false, 1}, AUDIT_UNVERIFIED},
		{{false, true, true, true, true, KEEP}, AUDIT_HELD},
		{{false, false, true, true, true, 0}, AUDIT_STAYS},
	};
	for (size_t i = 0; i < LENGTH(cases); i++) {
		enum audit_fate fate = audit_keep_fate(&cases[i].kept, KEEP);
		if (fate != cases[i].fate)
			print_error("case %zu: %s\n", i, audit_fate_names[fate]);
		assert_int_equal(fate, cases[i].fate);
	}
}

static void names_that_are_ours(void **state)
{
	(void)state;
	struct audit_entry e;
	int64_t wanted;
	assert_true(clock_parse(SLICE("2026-11-28T02:30:00Z"), &wanted));
	assert_true(audit_keep_list_name("20261128T023000Z-0123abcd", false, &e));
	assert_string_equal(e.id8, "0123abcd");
	assert_int_equal(e.from_ns, wanted);
	assert_true(audit_keep_list_name("AGV_Acme_x_host-1_20261128T023000Z_20261128T024000Z_0123abcd.zip", true, &e));
	assert_string_equal(e.id8, "0123abcd");
	assert_int_equal(e.from_ns, wanted);
	static const char *const none[] = {"", "20261128T023000Z-0123abc", "20261128T023000Z-0123abcx", "20261328T023000Z-0123abcd",
					   "x20261128T023000Z-0123abcd", "AGV_0123abcd.zip", "AGV_a_b_c_20261128T023000Z_20261128T024000Z_0123abcd.zip.parts"};
	for (size_t i = 0; i < LENGTH(none); i++)
		assert_false(audit_keep_list_name(none[i], false, &e) || audit_keep_list_name(none[i], true, &e));
}

static void years_later(void **state)
{
	(void)state;
	int64_t from, wanted;
	assert_true(clock_parse(SLICE("2024-02-29T02:30:00Z"), &from) && clock_parse(SLICE("2030-03-01T23:59:59Z"), &wanted));
	assert_int_equal(audit_keep_list_until(from, 6), wanted);
	assert_int_equal(audit_keep_list_until(0, 6), INT64_MAX);
	assert_int_equal(audit_keep_list_until(from, 5000), INT64_MAX);
}

static void put(struct scratch *s, const char *path, const char *text)
{
	char folder[256];
	snprintf(folder, sizeof folder, "%s", path);
	char *slash = strrchr(folder, '/');
	*slash = 0;
	mkdirat(s->fd, folder, 0700);
	scratch_put(s, path, slice_of_string(text));
}

/* Where nothing verifies, what is within its retention or held stays, whatever its age. */
static void a_state_folder(void **state)
{
	struct scratch *s = *state;
	struct state_folder f;
	struct audit_room room;
	struct error err = {0};
	static struct policy policy;
	int64_t now;
	assert_true(clock_parse(SLICE("2026-11-28T02:30:00Z"), &now));
	assert_int_equal(policy_parse("[policy]\nretention = 1 years\n[audit]\nkeep_folders = 1\nbudget = 100M\nhold = *-00000002\n", "p", &policy, &err), OK);
	assert_int_equal(state_folder_open(s->path, &f, &err), OK);
	put(s, "audits/20200101T000000Z-00000001/x", "old, no bundle");
	put(s, "audits/20200102T000000Z-00000002/x", "held by the policy");
	put(s, "audits/20200103T000000Z-00000003/HOLD", "");
	put(s, "audits/20200104T000000Z-00000004/x", "its bundle does not verify");
	put(s, "bundles/AGV_a_b_c_20200104T000000Z_20200104T000100Z_00000004.zip", "none");
	put(s, "audits/20200105T000000Z-00000008/x", "sealed when the policy asked for more years");
	put(s, "audits/20200105T000000Z-00000008/seal/manifest.json", "{\"retention\":{\"years\":6,\"until\":\"2026-11-28\"}}");
	put(s, "audits/20200106T000000Z-00000009/x", "sealed when it asked for fewer");
	put(s, "audits/20200106T000000Z-00000009/seal/manifest.json", "{\"retention\":{\"years\":6,\"until\":\"2026-11-27\"}}");
	put(s, "audits/20200107T000000Z-0000000a/x", "to be kept for longer than a clock can tell");
	put(s, "audits/20200107T000000Z-0000000a/seal/manifest.json", "{\"retention\":{\"years\":9000,\"until\":\"\"}}");
	put(s, "audits/20261101T000000Z-00000005/x", "within its retention");
	put(s, "audits/20261127T000000Z-00000006/x", "the newest");
	put(s, "audits/20261126T000000Z-00000007.mine/x", "not ours");
	assert_int_equal(audit_keep(&f, &policy, now, true, true, &room, &err), OK);
	assert_int_equal(room.gone, 2);
	assert_true(scratch_has(s, "audits/20200101T000000Z-00000001"));
	assert_int_equal(audit_keep(&f, &policy, now, false, true, &room, &err), OK);
	assert_int_equal(room.gone, 2);
	assert_false(scratch_has(s, "audits/20200106T000000Z-00000009"));
	assert_int_equal(room.unverified, 1);
	assert_false(scratch_has(s, "audits/20200101T000000Z-00000001"));
	static const char *const stay[] = {"audits/20200102T000000Z-00000002", "audits/20200103T000000Z-00000003", "audits/20200104T000000Z-00000004",
					   "bundles/AGV_a_b_c_20200104T000000Z_20200104T000100Z_00000004.zip", "audits/20261101T000000Z-00000005",
					   "audits/20200105T000000Z-00000008", "audits/20200107T000000Z-0000000a",
					   "audits/20261127T000000Z-00000006", "audits/20261126T000000Z-00000007.mine"};
	for (size_t i = 0; i < LENGTH(stay); i++)
		assert_true(scratch_has(s, stay[i]));
	state_folder_close(&f);
}

static void room_for_a_night(void **state)
{
	(void)state;
	struct error err = {0};
	struct audit_room room = {.used = 50, .budget = 100, .need = 50, .free = 50};
	assert_int_equal(audit_keep_check(&room, "/s", &err), OK);
	room.need = 51;
	assert_int_equal(audit_keep_check(&room, "/s", &err), ERR_CREATE);
	assert_contains(err.text, "[audit] budget");
	room.used = 200;
	assert_int_equal(audit_keep_check(&room, "/s", &err), ERR_CREATE);
	room = (struct audit_room){.used = 0, .budget = 100, .need = 50, .free = 49};
	assert_int_equal(audit_keep_check(&room, "/s", &err), ERR_CREATE);
	assert_contains(err.text, "the disk of /s");
}

int main(void)
{
	umask(077);
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(each_fate),	 cmocka_unit_test(names_that_are_ours), cmocka_unit_test(years_later),
		scratch_test(a_state_folder), cmocka_unit_test(room_for_a_night),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
