/* SPDX-License-Identifier: Apache-2.0 */
#include "tests/unit/judge_rows.h"

#include "analysis/policy.h"
#include "analysis/steps.h"

static void classify_all(struct rows *r)
{
	static const struct policy policy;
	struct error err = {0};
	assert_int_equal(classify(r->store, &err), OK);
	assert_int_equal(vectors(r->store, &policy, &err), OK);
	rows_do(r, "DELETE FROM endpoint;");
}

/* The class of one attempt to `dst`, as the kernel's hook tells it. */
static const char *class_to(struct rows *r, const char *proto, const char *dst)
{
	char sql[512];
	rows_do(r, whole_session);
	snprintf(sql, sizeof sql, ATTEMPT("1, 'connect', '%s', '%s', 1, 'ok'"), proto, dst);
	rows_do(r, sql);
	classify_all(r);
	const char *got = rows_get(r->store, "SELECT class, leaves FROM attempt WHERE id = 100");
	rows_do(r, clean_session);
	return got;
}

static void destination_classes(void **state)
{
	static const struct {
		const char *dst, *wanted;
	} cases[] = {
		{"127.0.0.1", "loopback|0;"},	{"127.255.0.1", "loopback|0;"}, {"0.0.0.0", "loopback|0;"},
		{"::1", "loopback|0;"},		{"::", "loopback|0;"},		{"::ffff:127.0.0.1", "loopback|0;"},
		{"192.0.2.1", "own|0;"},	{"::ffff:192.0.2.1", "own|0;"}, {"fe80::1", "own|0;"},
		{"192.0.2.2", "public|1;"},	{"10.1.2.3", "private|1;"},	{"100.64.0.1", "private|1;"},
		{"fd00::1", "private|1;"},	{"169.254.169.254", "link_local|1;"}, {"fe80::2", "link_local|1;"},
		{"fe80::1%eth0", "link_local|1;"}, {"224.0.0.251", "multicast|1;"}, {"ff02::fb", "multicast|1;"},
		{"255.255.255.255", "multicast|1;"}, {"240.0.0.1", "public|1;"}, {"64:ff9b::7f00:1", "public|1;"},
		{"::127.0.0.1", "public|1;"},	{"0.0.0.1", "public|1;"},	{"2130706433", "link_local|1;"},
	};
	struct rows *r = *state;
	for (size_t i = 0; i < LENGTH(cases); i++) {
		const char *got = class_to(r, "tcp", cases[i].dst);
		if (strcmp(got, cases[i].wanted) != 0)
			print_error("%s\n", cases[i].dst);
		assert_string_equal(got, cases[i].wanted);
	}
}

static void other_kinds_of_destinations(void **state)
{
	struct rows *r = *state;
	assert_string_equal(class_to(r, "other", "198.51.100.1"), "public|1;");
	assert_string_equal(class_to(r, "other", "127.0.0.1"), "loopback|0;");
	assert_string_equal(class_to(r, "other", "@"), "-|0;");
	assert_string_equal(class_to(r, "other", ""), "-|0;");
	assert_string_equal(class_to(r, "unix", "/run/x"), "unix|0;");
	assert_string_equal(class_to(r, "unix", "198.51.100.1"), "unix|0;"); /* a path may be called so */
	assert_string_equal(class_to(r, "vsock", ""), "private|1;");
	assert_string_equal(class_to(r, "packet", ""), "-|0;");
}

static void flows_and_first_packets_have_one_too(void **state)
{
	struct rows *r = *state;
	rows_do(r, whole_session);
	rows_do(r, FLOW("'out', 'udp', '192.0.2.1', 1, '224.0.0.1', 2, 'one_way'")
			   EGRESS("7, 'udp', '192.0.2.1', 1, '10.0.0.1', 2, 1, NULL"));
	classify_all(r);
	assert_rows(r->store, "SELECT class FROM flow WHERE id = 100", "multicast;");
	assert_rows(r->store, "SELECT class FROM egress", "private;");
}

/* Whose address is it in a namespace where nobody looked? */
static void an_own_address_counts_where_the_watch_was(void **state)
{
	struct rows *r = *state;
	rows_do(r, whole_session);
	rows_do(r, "UPDATE attempt SET netns = 5 WHERE id = 11;");
	classify_all(r);
	assert_rows(r->store, "SELECT class, leaves FROM attempt WHERE id = 11", "public|1;");
	rows_do(r, "UPDATE attempt SET netns = NULL WHERE id = 11;");
	classify_all(r);
	assert_rows(r->store, "SELECT class, leaves FROM attempt WHERE id = 11", "own|0;");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		rows_test(destination_classes),
		rows_test(other_kinds_of_destinations),
		rows_test(flows_and_first_packets_have_one_too),
		rows_test(an_own_address_counts_where_the_watch_was),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
