/* SPDX-License-Identifier: Apache-2.0 */
#include "tests/unit/fake_store.h"

#include "ingest/tool_output.h"

static void add_canary(struct rows *r, int64_t round, const char *proto, int64_t dport)
{
	struct error err = {0};
	sqlite3_stmt *q = store_query(r->store, QUERY_CANARY_INSERT);
	store_bind_i64(q, 1, round);
	store_bind_i64(q, 2, 1);
	store_bind_text(q, 4, proto);
	store_bind_i64(q, 8, dport);
	assert_int_equal(store_run(q, &err), OK);
}

static void add_run(struct rows *r, int64_t round, const char *path, int64_t at, int64_t size)
{
	struct error err = {0};
	sqlite3_stmt *q = store_query(r->store, QUERY_TOOL_RUN_INSERT);
	store_bind_i64(q, 1, 1);
	store_bind_text(q, 4, "ss");
	store_bind_text(q, 7, path);
	store_bind_i64(q, 8, at);
	store_bind_i64(q, 9, size);
	store_bind_i64(q, 10, round);
	assert_int_equal(store_run(q, &err), OK);
}

static const char *seen(struct rows *r)
{
	struct error err = {0};
	assert_int_equal(tool_output_read(r->store, r->s->fd, &err), OK);
	return rows_get(r->store, "SELECT canary, witness FROM canary_seen ORDER BY canary");
}

static int setup(void **state)
{
	if (rows_setup(state))
		return -1;
	struct rows *r = *state;
	return mkdirat(r->s->fd, "tools", 0700);
}

static const char OUTPUT[] =
	"# head :7777\nESTAB 127.0.0.1:4000 127.0.0.1:50001\nLISTEN [::1]:60000\n";

static void ports_are_found_whole(void **state)
{
	struct rows *r = *state;
	scratch_put(r->s, "tools/ss.txt", slice_of_string(OUTPUT));
	add_canary(r, 1, "tcp", 4000);
	add_canary(r, 1, "tcp", 60000);
	add_canary(r, 1, "tcp", 5000);	/* the beginning of another */
	add_canary(r, 1, "tcp", 7777);	/* in the heading, before the output */
	add_canary(r, 1, "udp", 50001); /* UDP is not asked for */
	add_canary(r, 2, "tcp", 50001); /* of another round */
	add_run(r, 1, "tools/ss.txt", 13, sizeof OUTPUT - 1 - 13);
	assert_string_equal(seen(r), "1|tools;2|tools;");
	assert_string_equal(seen(r), "1|tools;2|tools;"); /* twice is once */
}

/* The netstat of macOS. */
static void a_port_behind_a_point_needs_an_address(void **state)
{
	static const char output[] =
		"tcp4       0      0  127.0.0.1.49152        127.0.0.1.50001        ESTABLISHED\n"
		"tcp6       0      0  ::1.60000              *.*                    LISTEN\n"
		"3.4000 7.0.0.5000x 1.2.3.4.5.6000 1.2.3.4.7000.1 1.2.3.4.7000x 127.0.0.1.70";
	struct rows *r = *state;
	scratch_put(r->s, "tools/netstat.txt", slice_of_string(output));
	add_canary(r, 1, "tcp", 49152);
	add_canary(r, 1, "tcp", 50001);
	add_canary(r, 1, "tcp", 60000);
	add_canary(r, 1, "tcp", 70);
	add_canary(r, 1, "tcp", 4000); /* a number with a fraction */
	add_canary(r, 1, "tcp", 5000); /* an address of three parts */
	add_canary(r, 1, "tcp", 6000); /* of five */
	add_canary(r, 1, "tcp", 4915); /* the beginning of another */
	add_canary(r, 1, "tcp", 7000); /* not the end of the word */
	add_run(r, 1, "tools/netstat.txt", 0, sizeof output - 1);
	assert_string_equal(seen(r), "1|tools;2|tools;3|tools;4|tools;");
}

static void only_the_bytes_of_the_run_count(void **state)
{
	struct rows *r = *state;
	scratch_put(r->s, "tools/ss.txt", slice_of_string(OUTPUT));
	add_canary(r, 1, "tcp", 60000);
	add_canary(r, 1, "tcp", 4000);
	add_run(r, 1, "tools/ss.txt", 13, 20);
	assert_string_equal(seen(r), "2|tools;");
	add_run(r, 1, "tools/ss.txt", 13, 1000000); /* past the end: what is there */
	assert_string_equal(seen(r), "1|tools;2|tools;");
}

static void what_is_not_there_shows_nothing(void **state)
{
	struct rows *r = *state;
	scratch_put(r->s, "outside.txt", slice_of_string(OUTPUT));
	scratch_put(r->s, "tools/ss.txt", slice_of_string(OUTPUT));
	assert_int_equal(symlinkat("../outside.txt", r->s->fd, "tools/link.txt"), 0);
	add_canary(r, 1, "tcp", 4000);
	static const char *const paths[] = {
		"tools/missing.txt", "outside.txt", "tools/../outside.txt",
		"tools/link.txt",    "tools",	    "/etc/hostname"};
	for (size_t i = 0; i < LENGTH(paths); i++)
		add_run(r, 1, paths[i], 0, 1000);
	add_run(r, 1, "tools/ss.txt", -1, 1000);
	add_run(r, 1, "tools/ss.txt", 0, -1);
	add_run(r, 1, "tools/ss.txt", 0, INT64_MAX);
	add_run(r, 1, "tools/ss.txt", 100000, 100);
	assert_string_equal(seen(r), "");
}

#define output_test(f) cmocka_unit_test_setup_teardown(f, setup, rows_teardown)

int main(void)
{
	const struct CMUnitTest tests[] = {
		output_test(ports_are_found_whole),
		output_test(a_port_behind_a_point_needs_an_address),
		output_test(only_the_bytes_of_the_run_count),
		output_test(what_is_not_there_shows_nothing),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
