/* SPDX-License-Identifier: Apache-2.0 */
/* Whose machine a capture was taken on, where only the capture tells. */
#include "tests/unit/capture_build.h"
#include "tests/unit/judge_rows.h"

#include "ingest/capture/filter.h"
#include "ingest/capture/own.h"

enum { RAW = 101, SLL2 = 276 };

#define HOSTS "SELECT address, how, flows, of_flows FROM capture_host ORDER BY address"
#define ONE_SOURCE "INSERT INTO source (id, path, reader, size, sha256) VALUES (1, 'x', 'pcapng', 0, '')"

/* Raw IP tells no direction; the ports are of no service. */
static void add(struct capture *c, const char *src, const char *dst, unsigned sport)
{
	struct build *b = calloc(1, sizeof *b);
	assert_non_null(b);
	put_ip(b, src, dst, 17, 8 + 1);
	put_udp(b, 30000 + sport, 40000, SLICE("x"));
	capture_add(c, built(b), 0);
	free(b);
}

static void add_question(struct capture *c, const char *src, const char *dst)
{
	struct build *b = calloc(1, sizeof *b);
	struct slice question = SLICE("\0\7\1\0\0\1\0\0\0\0\0\0\1a\4test\0\0\1\0\1");
	assert_non_null(b);
	put_ip(b, src, dst, 17, 8 + question.size);
	put_udp(b, 50000, 53, question);
	capture_add(c, built(b), 0);
	free(b);
}

static struct store *store_of(const struct capture *c)
{
	struct store *store = store_in_memory();
	run_sql(store, ONE_SOURCE);
	(void)read_into(store, &reader_pcapng, built(&c->file));
	return store;
}

static void the_end_of_all_flows_is_taken(void **state)
{
	(void)state;
	struct capture *c = capture_begin(RAW);
	add_question(c, "192.168.1.7", "192.168.1.1");
	add(c, "192.168.1.7", "198.51.100.1", 1);
	add(c, "198.51.100.2", "192.168.1.7", 2);
	add(c, "192.168.1.9", "224.0.0.251", 3);     /* to a group, */
	add(c, "192.168.1.9", "192.168.1.255", 4);   /* to all: that tells nothing */
	add(c, "2001:db8::7", "2001:db8::1", 5);     /* one peer is not enough */
	add(c, "2001:db8::7", "2001:db8::1", 6);
	add(c, "fe80::7", "fe80::1", 7);
	add(c, "fe80::2", "fe80::7", 8);
	add(c, "fe80::7", "2001:db8::1", 9);
	struct store *store = store_of(c);
	check_rows(store, HOSTS, "192.168.1.7 guess 3 3\nfe80::7 guess 2 2\n");
	check_rows(store, "SELECT dst, dir, dir_how FROM v_flow ORDER BY id",
		   "192.168.1.1 out guess\n198.51.100.1 out guess\n192.168.1.7 in guess\n"
		   "224.0.0.251 - -\n192.168.1.255 - -\n2001:db8::1 - -\n2001:db8::1 - -\n"
		   "fe80::1 out guess\nfe80::7 in guess\n2001:db8::1 out guess\n");
	check_rows(store, "SELECT qname, dir FROM v_dns", "a.test out\n");
	check_rows(store, "SELECT * FROM v_host WHERE address LIKE '192%'", "x 192.168.1.7 guess 3 3\n");
	/* what is judged does not know it */
	check_rows(store, "SELECT count(dir), count(dir_how) FROM flow", "0 0\n");
	check_rows(store, "SELECT count(dir) FROM dns", "0\n");
	store_abandon(&store);
	free(c);
}

static void what_is_not_evident_is_not_guessed(void **state)
{
	(void)state;
	static const char *const flows[][8] = {
		{"10.0.0.1", "10.0.0.2", "10.0.0.1", "10.0.0.2"},                         /* two machines */
		{"10.0.0.1", "10.0.0.2", "10.0.0.3", "10.0.0.4"},                         /* many */
		{"10.0.0.1", "10.0.0.2", "10.0.0.1", "10.0.0.3", "10.0.0.2", "10.0.0.3"}, /* a round */
		{"10.0.0.1", "198.51.100.1", "10.0.0.2", "198.51.100.1"},                 /* a server asked from here */
		{"127.0.0.1", "127.0.0.2", "127.0.0.1", "127.0.0.3"},
		{"10.0.0.1", "224.0.0.1", "10.0.0.1", "224.0.0.2"},
	};
	for (size_t i = 0; i < LENGTH(flows); i++) {
		struct capture *c = capture_begin(RAW);
		for (size_t k = 0; flows[i][k]; k += 2)
			add(c, flows[i][k], flows[i][k + 1], (unsigned)k + 1);
		capture_check(c, HOSTS, "");
	}
}

static void nearly_all_is_enough(void **state)
{
	(void)state;
	for (unsigned others = 1; others <= 2; others++) {
		struct capture *c = capture_begin(RAW);
		for (unsigned i = 0; i < 19; i++) {
			char peer[32];
			snprintf(peer, sizeof peer, "198.51.100.%u", i);
			add(c, "192.0.2.7", peer, i + 1);
		}
		for (unsigned i = 0; i < others; i++)
			add(c, "198.51.100.1", "198.51.100.2", 100 + i);
		capture_check(c, HOSTS, others == 1 ? "192.0.2.7 guess 19 20\n" : "");
	}
}

/* More addresses than are counted at a time: the one that counts stays, and its number is right. */
static void many_addresses(void **state)
{
	(void)state;
	struct capture *c = capture_begin(RAW);
	for (unsigned i = 0; i < OWN_ENDS_MAX + 2000; i++) {
		char peer[32];
		snprintf(peer, sizeof peer, "198.51.%u.%u", i / 250, i % 250);
		add(c, "192.0.2.7", peer, 1);
	}
	capture_check(c, HOSTS, "192.0.2.7 guess 6096 6096\n");
}

static struct capture *with_interface(struct slice options)
{
	struct capture *c = capture_begin(RAW);
	struct build *b = calloc(1, sizeof *b);
	assert_non_null(b);
	put_le(b, 2, RAW);
	put_le(b, 6, 0);
	put(b, options);
	put_block(&c->file, 1, built(b));
	free(b);
	return c;
}

static void the_file_tells_the_address_of_its_interface(void **state)
{
	(void)state;
	struct capture *c = with_interface(
		SLICE("\4\0\x08\0\xc0\0\2\2\xff\xff\xff\0" "\4\0\x08\0\x7f\0\0\1\xff\0\0\0"
		      "\5\0\x11\0\x20\1\x0d\xb8\0\0\0\0\0\0\0\0\0\0\0\2\x40\0\0\0" "\4\0\2\0\xc0\0\0\0"));
	add(c, "192.0.2.1", "192.0.2.2", 1);
	add(c, "192.0.2.1", "192.0.2.3", 2);
	struct store *store = store_of(c);
	check_rows(store, HOSTS, "192.0.2.2 interface 1 2\n2001:db8::2 interface 0 2\n");
	check_rows(store, "SELECT dst, dir, dir_how FROM v_flow ORDER BY id", "192.0.2.2 in interface\n192.0.2.3 - -\n");
	store_abandon(&store);
	free(c);
}

/* What a router passes on comes in and goes out: neither end of it is its own. */
static void packets_tell_where_they_were_sent(void **state)
{
	(void)state;
	static const struct ends through = {"10.0.0.5", "198.51.100.1", 40000, 40001, IN};
	struct capture *c = capture_begin(SLL2);
	capture_udp(c, (struct ends){"192.0.2.1", "198.51.100.1", 40002, 40001, OUT}, SLICE("x"));
	capture_udp(c, (struct ends){"198.51.100.2", "192.0.2.1", 40002, 40003, IN}, SLICE("x"));
	capture_udp(c, (struct ends){"192.0.2.9", "192.0.2.255", 40002, 40003, IN}, SLICE("x"));
	capture_udp(c, through, SLICE("x"));
	capture_udp(c, (struct ends){through.src, through.dst, 40005, 40001, OUT}, SLICE("x"));
	capture_udp(c, (struct ends){"192.0.2.1", "192.0.2.9", 40002, 40003, 3}, SLICE("x"));
	struct store *store = store_of(c);
	check_rows(store, HOSTS, "192.0.2.1 direction 2 5\n");
	check_rows(store, "SELECT dir, dir_how FROM v_flow ORDER BY id",
		   "out packets\nin packets\nin packets\nin packets\nout packets\nout direction\n");
	check_rows(store, "SELECT dir, dir_how FROM flow WHERE id = 6", "- passing\n");
	store_abandon(&store);
	free(c);
}

/* What a filter left are the flows of whoever it names. */
static void no_guess_through_a_filter(void **state)
{
	(void)state;
	struct error err = {0};
	struct capture *c = capture_begin(RAW);
	struct ingest to = {.source = 1, .path = "test"};
	uint64_t records = 0;
	struct filter *filter = NULL;
	add(c, "10.0.0.1", "10.0.0.2", 1);
	add(c, "10.0.0.1", "10.0.0.3", 2);
	struct store *store = store_in_memory();
	assert_int_equal(filter_new("host 10.0.0.1", &filter, &err), OK);
	to.filter = filter;
	assert_int_equal(direct_read(store, &to, &reader_pcapng, built(&c->file), &records, &err), OK);
	check_rows(store, "SELECT count(*) FROM flow", "2\n");
	check_rows(store, HOSTS, "");
	filter_free(filter);
	store_abandon(&store);
	free(c);
}

static void others_know_better(void **state)
{
	(void)state;
	static const char *const known[] = {
		"INSERT INTO host_address VALUES ('192.0.2.1', 2, 'eth0', 0)",
		"INSERT INTO session VALUES ('id', '1')",
	};
	for (size_t i = 0; i < LENGTH(known); i++) {
		struct store *store = store_in_memory();
		struct capture *c = with_interface(SLICE("\4\0\x08\0\xc0\0\2\2\xff\xff\xff\0"));
		run_sql(store, known[i]);
		add(c, "192.0.2.1", "192.0.2.2", 1);
		add(c, "192.0.2.1", "192.0.2.3", 1);
		(void)read_into(store, &reader_pcapng, built(&c->file));
		check_rows(store, HOSTS, "");
		store_abandon(&store);
		free(c);
	}
}

/* A packet that nothing explains does not come in because somebody guessed so. */
static void no_verdict_rests_on_a_guess(void **state)
{
	struct rows *r = *state;
	rows_do(r, whole_session);
	rows_do(r, FLOW("NULL, 'udp', '198.51.100.1', 5, '198.51.100.2', 6, 'one_way'"));
	assert_int_equal(rows_judge(r), VERDICT_INCONCLUSIVE);
	char *before = strdup(rows_get(r->store, "SELECT * FROM finding"));
	rows_do(r, "INSERT INTO capture_host VALUES (2, '198.51.100.2', 'guess', 9, 9);");
	assert_rows(r->store, "SELECT dir, dir_how FROM v_flow WHERE id = 100", "in|guess;");
	assert_int_equal(rows_judge(r), VERDICT_INCONCLUSIVE);
	assert_string_equal(rows_get(r->store, "SELECT * FROM finding"), before);
	free(before);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(the_end_of_all_flows_is_taken),
		cmocka_unit_test(what_is_not_evident_is_not_guessed),
		cmocka_unit_test(nearly_all_is_enough),
		cmocka_unit_test(many_addresses),
		cmocka_unit_test(the_file_tells_the_address_of_its_interface),
		cmocka_unit_test(packets_tell_where_they_were_sent),
		cmocka_unit_test(no_guess_through_a_filter),
		cmocka_unit_test(others_know_better),
		rows_test(no_verdict_rests_on_a_guess),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
