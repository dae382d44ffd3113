/* SPDX-License-Identifier: Apache-2.0 */
/* Who began, where the capture does not tell which way a packet went; and steps of the
 * sequence numbers that are believed or not. */
#include "tests/unit/capture_build.h"

enum { LINK_ETHERNET = 1, PROTO_TCP = 6, PROTO_UDP = 17 };

/* Ethernet says nothing of direction. */
static void put_frame(struct build *b, struct ends e, unsigned proto, size_t size)
{
	put_be(b, 8, UINT64_C(0x0200000000010200));
	put_be(b, 4, 2);
	put_be(b, 2, ethertype_of(e.src));
	put_ip(b, e.src, e.dst, proto, size);
}

static void add_udp(struct capture *c, struct ends e)
{
	struct build *b = calloc(1, sizeof *b);
	assert_non_null(b);
	put_frame(b, e, PROTO_UDP, 8 + 1);
	put_udp(b, e.sport, e.dport, SLICE("x"));
	capture_add(c, built(b), 0);
	free(b);
}

static void add_tcp(struct capture *c, struct ends e, uint32_t seq, uint32_t ack, unsigned flags,
		    const char *payload)
{
	struct build *b = calloc(1, sizeof *b);
	assert_non_null(b);
	put_frame(b, e, PROTO_TCP, 20 + strlen(payload));
	size_t at = b->size;
	put_tcp(b, e.sport, e.dport, seq, flags, slice_of_string(payload));
	for (size_t i = 0; i < 4; i++)
		b->bytes[at + 8 + i] = (unsigned char)(ack >> 8 * (3 - i));
	capture_add(c, built(b), 0);
	free(b);
}

static void an_answer_without_its_question_is_turned(void **state)
{
	(void)state;
	struct capture *c = capture_begin(LINK_ETHERNET);
	add_udp(c, (struct ends){"198.51.100.7", "192.0.2.1", 443, 40000, 0});
	add_tcp(c, (struct ends){"198.51.100.7", "192.0.2.1", 5222, 40001, 0}, 1, 1, ACK, "");
	add_tcp(c, (struct ends){"198.51.100.7", "192.0.2.1", 80, 40002, 0}, 1, 1, RST, "");
	capture_check(c, FLOWS,
		      "udp 192.0.2.1 40000 198.51.100.7 443 0 1 0 1 answered -\n"
		      "tcp 192.0.2.1 40001 198.51.100.7 5222 0 1 0 0 midstream -\n"
		      "tcp 192.0.2.1 40002 198.51.100.7 80 0 1 0 0 reset -\n");
}

static void nothing_that_may_leave_is_turned(void **state)
{
	(void)state;
	struct capture *c = capture_begin(LINK_ETHERNET);
	add_udp(c, (struct ends){"10.0.0.1", "8.8.8.8", 443, 40000, 0});
	add_tcp(c, (struct ends){"10.0.0.1", "8.8.8.8", 443, 40001, 0}, 1, 1, ACK, "");
	add_udp(c, (struct ends){"198.51.100.7", "224.0.0.9", 520, 40000, 0});
	add_tcp(c, (struct ends){"198.51.100.7", "192.0.2.1", 443, 40000, 0}, 1, 0, SYN, "");
	add_udp(c, (struct ends){"198.51.100.7", "192.0.2.1", 443, 8080, 0});
	capture_check(c, FLOWS,
		      "udp 10.0.0.1 443 8.8.8.8 40000 1 0 1 0 one_way -\n"
		      "tcp 10.0.0.1 443 8.8.8.8 40001 1 0 0 0 midstream -\n"
		      "udp 198.51.100.7 520 224.0.0.9 40000 1 0 1 0 one_way -\n"
		      "tcp 198.51.100.7 443 192.0.2.1 40000 1 0 0 0 syn_sent -\n"
		      "udp 198.51.100.7 443 192.0.2.1 8080 1 0 1 0 one_way -\n");
}

/* As the evidence of a session or --host tell them. */
static void own_addresses_tell_the_way(void **state)
{
	(void)state;
	struct capture *c = capture_begin(LINK_ETHERNET);
	struct store *store = store_in_memory();
	struct error err = {0};
	sqlite3_stmt *q = store_query(store, QUERY_HOST_ADDRESS_INSERT);
	store_bind_text(q, 1, "192.0.2.1");
	store_bind_i64(q, 2, 0);
	store_bind_text(q, 3, "");
	store_bind_i64(q, 4, 0);
	assert_int_equal(store_run(q, &err), OK);
	add_udp(c, (struct ends){"192.0.2.1", "198.51.100.7", 443, 40000, 0}); /* not an answer */
	add_udp(c, (struct ends){"198.51.100.7", "192.0.2.1", 40001, 443, 0});
	add_udp(c, (struct ends){"198.51.100.7", "198.51.100.8", 1, 2, 0});
	(void)read_into(store, &reader_pcapng, built(&c->file));
	check_rows(store, FLOWS,
		   "udp 192.0.2.1 443 198.51.100.7 40000 1 0 1 0 one_way out\n"
		   "udp 198.51.100.7 40001 192.0.2.1 443 1 0 1 0 one_way in\n"
		   "udp 198.51.100.7 1 198.51.100.8 2 1 0 1 0 one_way -\n");
	store_abandon(&store);
	free(c);
}

static const struct ends ASK = {"192.0.2.1", "198.51.100.7", 40000, 443, 0};

static void a_large_step_counts_once_it_is_acknowledged(void **state)
{
	(void)state;
	struct capture *c = capture_begin(LINK_ETHERNET);
	struct ends answer = back(ASK);
	add_tcp(c, ASK, 99, 0, SYN, "");
	add_tcp(c, answer, 499, 100, SYN | ACK, "");
	add_tcp(c, ASK, 1000000100, 500, ACK, "abc"); /* a gigabyte was not captured */
	add_tcp(c, answer, 500, 1000000103, ACK, "");
	add_tcp(c, answer, 500, 2000000103, ACK, ""); /* acknowledged before it is seen */
	add_tcp(c, ASK, 2000000103, 500, ACK, "abc");
	capture_check(c, FLOWS,
		      "tcp 192.0.2.1 40000 198.51.100.7 443 3 3 2000000006 0 established -\n");
}

static void a_large_step_that_nobody_acknowledged_does_not_count(void **state)
{
	(void)state;
	struct capture *c = capture_begin(LINK_ETHERNET);
	add_tcp(c, ASK, 99, 0, SYN, "");
	add_tcp(c, back(ASK), 499, 100, SYN | ACK, "");
	add_tcp(c, ASK, 1000000100, 500, ACK, "abc");
	add_tcp(c, back(ASK), 500, 103, ACK, "");
	capture_check(c, FLOWS, "tcp 192.0.2.1 40000 198.51.100.7 443 2 2 3 0 established -\n");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(an_answer_without_its_question_is_turned),
		cmocka_unit_test(nothing_that_may_leave_is_turned),
		cmocka_unit_test(own_addresses_tell_the_way),
		cmocka_unit_test(a_large_step_counts_once_it_is_acknowledged),
		cmocka_unit_test(a_large_step_that_nobody_acknowledged_does_not_count),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
