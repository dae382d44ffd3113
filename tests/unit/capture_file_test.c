/* SPDX-License-Identifier: Apache-2.0 */
#include "tests/unit/capture_build.h"

#define TIMES "SELECT first_ns, last_ns, packets_out, src FROM flow ORDER BY id"

typedef void put_fn(struct build *b, size_t size, uint64_t value);

static void put_raw_packet(struct build *b)
{
	put_ip(b, "192.0.2.1", "192.0.2.2", 17, 8);
	put_udp(b, 1, 2, SLICE(""));
}

static void classic_in_every_variant(void **state)
{
	(void)state;
	static const struct {
		uint32_t magic;
		put_fn *put;
		unsigned fraction, extra;
	} variants[] = {
		{0xa1b2c3d4, put_le, 250000, 0},    {0xa1b2c3d4, put_be, 250000, 0},
		{0xa1b23c4d, put_le, 250000000, 0}, {0xa1b23c4d, put_be, 250000000, 0},
		{0xa1b2cd34, put_le, 250000, 8},
	};
	for (size_t i = 0; i < LENGTH(variants); i++) {
		struct store *store = store_in_memory();
		struct build *b = calloc(1, sizeof *b);
		assert_non_null(b);
		put_fn *to = variants[i].put;
		to(b, 4, variants[i].magic);
		to(b, 4, 2);
		to(b, 8, 0);
		to(b, 4, 65535);
		to(b, 4, 101 | 1u << 28); /* flags above the link type */
		to(b, 4, 1700000000);
		to(b, 4, variants[i].fraction);
		to(b, 4, 28);
		to(b, 4, 28);
		put_le(b, variants[i].extra, 0);
		put_raw_packet(b);
		assert_int_equal(reader_pcap.sniff(built(b)), 100);
		assert_int_equal(reader_pcapng.sniff(built(b)), 0);
		assert_int_equal(read_into(store, &reader_pcap, built(b)), 1);
		check_rows(store, TIMES, "1700000000250000000 1700000000250000000 1 192.0.2.1\n");
		/* the last byte is missing */
		run_sql(store, "DELETE FROM flow");
		(void)read_into(store, &reader_pcap, slice_part(built(b), 0, b->size - 1));
		(void)read_into(store, &reader_pcap, slice_part(built(b), 0, 30));
		check_rows(store, TIMES, "");
		check_rows(store, SKIPS, "the last packet is cut off 2\n");
		store_abandon(&store);
		free(b);
	}
}

static void put_snoop_packet(struct build *b, uint32_t lost)
{
	put_be(b, 4, 42);
	put_be(b, 4, 42);
	put_be(b, 4, 24 + 42 + 2);
	put_be(b, 4, lost);
	put_be(b, 4, 1700000000);
	put_be(b, 4, 250000);
	put_text(b, "aaaaaabbbbbb\x08");
	put_be(b, 1, 0);
	put_raw_packet(b);
	put_be(b, 2, 0);
}

static void of_solaris(void **state)
{
	(void)state;
	struct build *b = calloc(1, sizeof *b);
	struct store *store = store_in_memory();
	assert_non_null(b);
	put(b, SLICE("snoop\0\0\0\0\0\0\2\0\0\0\4"));
	put_snoop_packet(b, 0);
	put_snoop_packet(b, 3);
	assert_int_equal(reader_snoop.sniff(built(b)), 100);
	assert_int_equal(reader_pcap.sniff(built(b)), 0);
	assert_int_equal(read_into(store, &reader_snoop, built(b)), 2);
	check_rows(store, TIMES, "1700000000250000000 1700000000250000000 2 192.0.2.1\n");
	check_rows(store, SKIPS, "packets that were dropped while capturing 3\n");
	run_sql(store, "DELETE FROM flow; DELETE FROM skipped");
	(void)read_into(store, &reader_snoop, slice_part(built(b), 0, b->size - 3));
	(void)read_into(store, &reader_snoop, slice_part(built(b), 0, 30));
	(void)read_into(store, &reader_snoop, slice_part(built(b), 0, 15));
	b->bytes[16 + 11] = 60; /* the size of all is less than what was captured */
	(void)read_into(store, &reader_snoop, built(b));
	check_rows(store, TIMES, "1700000000250000000 1700000000250000000 1 192.0.2.1\n");
	check_rows(store, SKIPS,
		   "a packet whose lengths are wrong 1\nno header of a capture file 1\n"
		   "packets that were dropped while capturing 3\nthe last packet is cut off 2\n");
	b->bytes[15] = 5; /* HDLC */
	b->bytes[16 + 11] = 68;
	run_sql(store, "DELETE FROM skipped");
	(void)read_into(store, &reader_snoop, slice_part(built(b), 0, 16 + 68));
	check_rows(store, SKIPS, "unknown link type 65535 1\n");
	store_abandon(&store);
	free(b);
}

static void put_section(struct build *b, put_fn *to)
{
	to(b, 4, 0x0A0D0D0A);
	to(b, 4, 28);
	to(b, 4, 0x1A2B3C4D);
	to(b, 2, 1);
	to(b, 2, 0);
	to(b, 8, UINT64_MAX);
	to(b, 4, 28);
}

/* With a resolution and an offset in seconds. */
static void put_interface(struct build *b, put_fn *to, unsigned linktype, unsigned resolution,
			  int64_t offset)
{
	to(b, 4, 1);
	to(b, 4, 44);
	to(b, 2, linktype);
	to(b, 2, 0);
	to(b, 4, 0);
	to(b, 2, 9);
	to(b, 2, 1);
	to(b, 1, resolution);
	put_le(b, 3, 0);
	to(b, 2, 14);
	to(b, 2, 8);
	to(b, 8, (uint64_t)offset);
	to(b, 4, 0);
	to(b, 4, 44);
}

static void put_enhanced(struct build *b, put_fn *to, unsigned interface, uint64_t time)
{
	to(b, 4, 6);
	to(b, 4, 68);
	to(b, 4, interface);
	to(b, 4, time >> 32);
	to(b, 4, time & 0xffffffff);
	to(b, 4, 28);
	to(b, 4, 28);
	put_raw_packet(b);
	to(b, 2, 2); /* flags: went out */
	to(b, 2, 4);
	to(b, 4, 2);
	to(b, 4, 68);
}

static void sections_and_interfaces_in_both_byte_orders(void **state)
{
	(void)state;
	struct store *store = store_in_memory();
	struct build *b = calloc(1, sizeof *b);
	assert_non_null(b);
	put_section(b, put_be);
	put_interface(b, put_be, 101, 6, 0);
	put_interface(b, put_be, 101, 0x80 | 10, 1700000000);
	put_enhanced(b, put_be, 0, UINT64_C(1700000000250000));
	put_enhanced(b, put_be, 1, 1024 + 256);
	put_enhanced(b, put_be, 2, 0); /* there are only two */
	put_section(b, put_le);
	put_interface(b, put_le, 101, 12, 1700000000);
	put_enhanced(b, put_le, 0, UINT64_C(2500000000999));
	assert_int_equal(reader_pcapng.sniff(built(b)), 100);
	assert_int_equal(read_into(store, &reader_pcapng, built(b)), 4);
	check_rows(store, "SELECT first_ns, packets_out, dir, first_packet FROM flow ORDER BY id",
		   "1700000000250000000 1 out 1\n1700000001250000000 1 out 2\n"
		   "1700000002500000000 1 out 4\n");
	check_rows(store, SKIPS, "a packet of an interface that was not described 1\n");
	store_abandon(&store);
	free(b);
}

static void simple_old_and_unknown_blocks(void **state)
{
	(void)state;
	struct store *store = store_in_memory();
	struct build *b = calloc(1, sizeof *b), *body = calloc(1, sizeof *body);
	assert_true(b && body);
	put_section(b, put_le);
	put_interface(b, put_le, 228, 6, 0);
	put_block(b, 0x0BAD, SLICE("anything"));
	put_le(body, 4, 28);
	put_raw_packet(body);
	put_block(b, 3, built(body));
	body->size = 0;
	put_le(body, 4, 0);
	put_le(body, 4, 0);
	put_le(body, 4, 7);
	put_le(body, 4, 28);
	put_le(body, 4, 28);
	put_raw_packet(body);
	put_block(b, 2, built(body));
	assert_int_equal(read_into(store, &reader_pcapng, built(b)), 2);
	check_rows(store, TIMES, "0 7000 2 192.0.2.1\n");
	check_rows(store, SKIPS, "");
	store_abandon(&store);
	free(body);
	free(b);
}

static void what_is_broken_ends_the_reading(void **state)
{
	(void)state;
	static const struct {
		size_t at;
		unsigned char byte;
		const char *skips;
	} faults[] = {
		{72 + 68 + 4, 8, "a block of an impossible length 1\n"},
		{72 + 68 + 4, 67, "a block of an impossible length 1\n"},
		{72 + 68 + 64, 69, "a block whose two lengths differ 1\n"},
		{72 + 68 + 7, 0x7f, "a block longer than is read 1\n"},
		{72 + 68 + 21, 1, "a packet longer than its block 1\n"},
		{9, 0, "a section without its magic number 1\n"},
	};
	for (size_t i = 0; i < LENGTH(faults); i++) {
		struct store *store = store_in_memory();
		struct build *b = calloc(1, sizeof *b);
		assert_non_null(b);
		put_section(b, put_le);
		put_interface(b, put_le, 101, 9, 0);
		put_enhanced(b, put_le, 0, 1);
		put_enhanced(b, put_le, 0, 2);
		b->bytes[faults[i].at] = faults[i].byte;
		(void)read_into(store, &reader_pcapng, built(b));
		check_rows(store, TIMES, faults[i].at < 72 ? "" : "1 1 1 192.0.2.1\n");
		check_rows(store, SKIPS, faults[i].skips);
		store_abandon(&store);
		free(b);
	}
}

static void a_cut_file_keeps_what_stands_before(void **state)
{
	(void)state;
	struct store *store = store_in_memory();
	struct build *b = calloc(1, sizeof *b);
	assert_non_null(b);
	put_section(b, put_le);
	put_interface(b, put_le, 101, 9, 0);
	put_enhanced(b, put_le, 0, 1);
	put_enhanced(b, put_le, 0, 2);
	for (size_t size = 141; size < b->size; size++) {
		run_sql(store, "DELETE FROM flow");
		run_sql(store, "DELETE FROM skipped");
		(void)read_into(store, &reader_pcapng, slice_part(built(b), 0, size));
		check_rows(store, TIMES, "1 1 1 192.0.2.1\n");
		check_rows(store, SKIPS, "the last block is cut off 1\n");
	}
	store_abandon(&store);
	free(b);
}

static void link_types(void **state)
{
	(void)state;
	static const struct {
		unsigned linktype;
		struct slice head;
		const char *dir;
	} links[] = {
		{1, {(const unsigned char *)"aaaaaabbbbbb\x08\x00", 14}, "-"},
		{1, {(const unsigned char *)"aaaaaabbbbbb\x88\xa8\0\1\x81\0\0\2\x08\x00", 22}, "-"},
		{1, {(const unsigned char *)"aaaaaabbbbbb\0\x24\xaa\xaa\3\0\0\0\x08\0", 22}, "-"},
		{0, {(const unsigned char *)"\2\0\0\0", 4}, "-"},
		{0, {(const unsigned char *)"\0\0\0\2", 4}, "-"},
		{108, {(const unsigned char *)"\0\0\0\2", 4}, "-"},
		{12, {(const unsigned char *)"", 0}, "-"},
		{228, {(const unsigned char *)"", 0}, "-"},
		{113, {(const unsigned char *)"\0\4\0\1\0\6aaaaaa\0\0\x08\0", 16}, "out"},
		{113, {(const unsigned char *)"\0\0\0\1\0\6aaaaaa\0\0\x08\0", 16}, "in"},
		{276,
		 {(const unsigned char *)"\x81\0\0\0\0\0\0\2\0\1\0\6aaaaaa\0\0\0\5\x08\0", 24},
		 "in"},
	};
	for (size_t i = 0; i < LENGTH(links); i++) {
		struct build *b = calloc(1, sizeof *b);
		char wanted[64];
		assert_non_null(b);
		put(b, links[i].head);
		put_raw_packet(b);
		struct capture *c = capture_begin(links[i].linktype);
		capture_add(c, built(b), 0);
		snprintf(wanted, sizeof wanted, "udp 192.0.2.1 1 192.0.2.2 2 %s\n", links[i].dir);
		capture_check(c, "SELECT proto, src, sport, dst, dport, dir FROM flow", wanted);
		free(b);
	}
	struct capture *c = capture_begin(231);
	capture_add(c, SLICE("x"), 0);
	capture_check(c, SKIPS, "unknown link type 231 1\n");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(classic_in_every_variant),
		cmocka_unit_test(of_solaris),
		cmocka_unit_test(sections_and_interfaces_in_both_byte_orders),
		cmocka_unit_test(simple_old_and_unknown_blocks),
		cmocka_unit_test(what_is_broken_ends_the_reading),
		cmocka_unit_test(a_cut_file_keeps_what_stands_before),
		cmocka_unit_test(link_types),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
