/* SPDX-License-Identifier: Apache-2.0 */
#include "tests/unit/capture_build.h"

#define ROWS "SELECT proto, sport, dport, packets_out, bytes_out FROM flow ORDER BY id"
#define NAMES "SELECT qname, packet FROM dns ORDER BY id"

/* A lookup of 46 bytes with its UDP header. */
static struct slice lookup(struct build *b)
{
	b->size = 0;
	put_udp(b, 4000, 53, SLICE("\0\1\1\0\0\1\0\0\0\0\0\0\7example\4test\4name\0\0\1\0\1"));
	return built(b);
}

static void add_v4(struct capture *c, unsigned id, unsigned proto, size_t offset, bool more,
		   struct slice body)
{
	struct build *b = calloc(1, sizeof *b);
	assert_non_null(b);
	put_ip(b, "192.0.2.1", "192.0.2.2", proto, body.size);
	b->bytes[4] = (unsigned char)(id >> 8);
	b->bytes[5] = (unsigned char)id;
	b->bytes[6] = (unsigned char)((more ? 0x20 : 0) | offset >> 11);
	b->bytes[7] = (unsigned char)(offset >> 3);
	put(b, body);
	capture_add(c, built(b), 0);
	free(b);
}

static void add_v6(struct capture *c, unsigned next, size_t offset, bool more, struct slice body)
{
	struct build *b = calloc(1, sizeof *b);
	assert_non_null(b);
	put_ip(b, "2001:db8::1", "2001:db8::2", 44, 8 + body.size);
	put_be(b, 2, next << 8);
	put_be(b, 2, offset + (more ? 1 : 0));
	put_be(b, 4, 77);
	put(b, body);
	capture_add(c, built(b), 0);
	free(b);
}

static void pieces_in_any_order(void **state)
{
	(void)state;
	static const unsigned orders[][3] = {{0, 1, 2}, {0, 2, 1}, {1, 0, 2},
					     {1, 2, 0}, {2, 0, 1}, {2, 1, 0}};
	struct build *b = calloc(1, sizeof *b);
	assert_non_null(b);
	struct slice whole = lookup(b);
	for (size_t i = 0; i < LENGTH(orders); i++)
		for (int version = 4; version <= 6; version += 2) {
			struct capture *c = capture_begin(101);
			for (size_t n = 0; n < 3; n++) {
				size_t at = orders[i][n] * 16;
				struct slice part = slice_part(whole, at, at == 32 ? 100 : 16);
				if (version == 4)
					add_v4(c, 1, 17, at, at < 32, part);
				else
					add_v6(c, 17, at, at < 32, part);
			}
			struct store *store = store_in_memory();
			(void)read_into(store, &reader_pcapng, built(&c->file));
			check_rows(store, ROWS, "udp 4000 53 3 35\n");
			check_rows(store, "SELECT last_ns - first_ns, first_packet FROM flow",
				   "2000000000 1\n");
			check_rows(store, NAMES, "example.test.name 1\n");
			check_rows(store, SKIPS, "");
			store_abandon(&store);
			free(c);
		}
	free(b);
}

static void extension_headers_behind_the_fragment_header(void **state)
{
	(void)state;
	struct build *b = calloc(1, sizeof *b), *body = calloc(1, sizeof *body);
	assert_true(b && body);
	put(body, SLICE("\x11\0\1\4\0\0\0\0")); /* destination options */
	put(body, lookup(b));
	struct capture *c = capture_begin(101);
	add_v6(c, 60, 0, true, slice_part(built(body), 0, 16));
	add_v6(c, 60, 16, false, slice_part(built(body), 16, 100));
	add_v6(c, 17, 0, false, lookup(b)); /* a datagram of one piece */
	capture_check(c, ROWS, "udp 4000 53 3 70\n");
	free(b);
	free(body);
}

static void tcp_in_pieces_counts_once(void **state)
{
	(void)state;
	struct build *b = calloc(1, sizeof *b);
	struct capture *c = capture_begin(101);
	assert_non_null(b);
	put_tcp(b, 1, 80, 1, ACK, SLICE("GET / HTTP/1.1\r\nHost: example.test\r\n\r\n"));
	add_v4(c, 1, 6, 0, true, slice_part(built(b), 0, 32));
	add_v4(c, 1, 6, 32, false, slice_part(built(b), 32, 100));
	b->size = 0;
	put_tcp(b, 1, 80, 39, ACK, SLICE("more"));
	add_v4(c, 2, 6, 0, false, built(b));
	struct store *store = store_in_memory();
	(void)read_into(store, &reader_pcapng, built(&c->file));
	check_rows(store, ROWS, "tcp 1 80 3 42\n");
	check_rows(store, "SELECT name, how FROM name", "example.test http_host\n");
	store_abandon(&store);
	free(c);
	free(b);
}

static void what_overlaps_is_told_and_the_first_counts(void **state)
{
	(void)state;
	struct build *b = calloc(1, sizeof *b);
	assert_non_null(b);
	struct slice whole = lookup(b);
	struct store *store = store_in_memory();
	struct capture *c = capture_begin(101);
	add_v4(c, 1, 17, 0, true, slice_part(whole, 0, 32));
	add_v4(c, 1, 17, 16, true, SLICE("EVILEVILEVILEVIL"));
	add_v4(c, 1, 17, 32, false, slice_part(whole, 32, 100));
	/* the same piece twice is no harm; bytes that reach over old ones are told */
	add_v4(c, 2, 17, 0, true, slice_part(whole, 0, 32));
	add_v4(c, 2, 17, 0, true, slice_part(whole, 0, 32));
	add_v4(c, 2, 17, 24, false, slice_part(whole, 24, 100));
	(void)read_into(store, &reader_pcapng, built(&c->file));
	check_rows(store, ROWS, "udp 4000 53 6 70\n");
	check_rows(store, "SELECT DISTINCT qname FROM dns", "example.test.name\n");
	check_rows(store, SKIPS, "overlapping fragments 2\n");
	store_abandon(&store);
	free(c);
	free(b);
}

static void what_does_not_fit_is_told(void **state)
{
	(void)state;
	struct build *b = calloc(1, sizeof *b);
	assert_non_null(b);
	struct slice whole = lookup(b);
	struct store *store = store_in_memory();
	struct capture *c = capture_begin(101);
	add_v4(c, 1, 17, 0, true, slice_part(whole, 0, 12));       /* not a multiple of 8 */
	add_v4(c, 1, 17, 65528, false, slice_part(whole, 0, 16)); /* past the end of any */
	add_v4(c, 1, 17, 0, true, slice_part(whole, 0, 32));
	add_v4(c, 1, 17, 24, false, slice_part(whole, 24, 4)); /* ends before what is there */
	add_v4(c, 1, 17, 32, false, slice_part(whole, 32, 100));
	(void)read_into(store, &reader_pcapng, built(&c->file));
	check_rows(store, ROWS, "udp 4000 53 5 35\n");
	check_rows(store, SKIPS, "a fragment that does not fit its datagram 3\n");
	store_abandon(&store);
	free(c);
	free(b);
}

static void pieces_of_old_datagrams_do_not_mix(void **state)
{
	(void)state;
	struct build *b = calloc(1, sizeof *b);
	assert_non_null(b);
	struct slice whole = lookup(b);
	struct store *store = store_in_memory();
	struct capture *c = capture_begin(101);
	add_v4(c, 1, 17, 0, true, SLICE("\0\1\0\2\0\x28\0\0old old old old!"));
	c->time_ns += 61 * INT64_C(1000000000);
	add_v4(c, 1, 17, 0, true, slice_part(whole, 0, 24));
	add_v4(c, 1, 17, 24, false, slice_part(whole, 24, 100));
	(void)read_into(store, &reader_pcapng, built(&c->file));
	check_rows(store, ROWS, "udp 1 2 1 16\nudp 4000 53 2 35\n");
	check_rows(store, SKIPS, "fragments of a datagram that is not whole 1\n");
	store_abandon(&store);
	free(c);
	free(b);
}

/* More datagrams in pieces than the table holds: each is given up, none is lost. */
static void a_full_table_loses_no_packet(void **state)
{
	(void)state;
	enum { DATAGRAMS = 200 };
	struct store *store = store_in_memory();
	struct capture *c = capture_begin(101);
	for (unsigned i = 0; i < DATAGRAMS; i++)
		add_v4(c, i, 17, i & 1 ? 8 : 0, true, SLICE("\0\1\0\2\0\x40\0\0"));
	(void)read_into(store, &reader_pcapng, built(&c->file));
	check_rows(store, "SELECT sport, packets_out, bytes_out FROM flow ORDER BY sport",
		   "- 100 800\n1 100 0\n");
	check_rows(store, SKIPS, "fragments of a datagram that is not whole 200\n");
	store_abandon(&store);
	free(c);
}

static void a_tunnel_in_pieces(void **state)
{
	(void)state;
	struct build *b = calloc(1, sizeof *b), *inner = calloc(1, sizeof *inner);
	struct capture *c = capture_begin(101);
	assert_true(b && inner);
	struct slice whole = lookup(b);
	put_ip(inner, "10.0.0.1", "10.0.0.2", 17, whole.size);
	put(inner, whole);
	add_v4(c, 1, 4, 0, true, slice_part(built(inner), 0, 32));
	add_v4(c, 1, 4, 32, false, slice_part(built(inner), 32, 100));
	struct store *store = store_in_memory();
	(void)read_into(store, &reader_pcapng, built(&c->file));
	check_rows(store, "SELECT proto, src, packets_out, outer FROM flow ORDER BY id",
		   "ipip 192.0.2.1 2 -\nudp 10.0.0.1 1 1\n");
	check_rows(store, NAMES, "example.test.name 1\n");
	store_abandon(&store);
	free(c);
	free(inner);
	free(b);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(pieces_in_any_order),
		cmocka_unit_test(extension_headers_behind_the_fragment_header),
		cmocka_unit_test(tcp_in_pieces_counts_once),
		cmocka_unit_test(what_overlaps_is_told_and_the_first_counts),
		cmocka_unit_test(what_does_not_fit_is_told),
		cmocka_unit_test(pieces_of_old_datagrams_do_not_mix),
		cmocka_unit_test(a_full_table_loses_no_packet),
		cmocka_unit_test(a_tunnel_in_pieces),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
