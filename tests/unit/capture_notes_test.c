/* SPDX-License-Identifier: Apache-2.0 */
/* What a capture file says beside its packets, and its rarer variants. */
#include "tests/unit/capture_build.h"

typedef void put_fn(struct build *b, size_t size, uint64_t value);

static struct capture *begin(put_fn *to)
{
	struct capture *c = calloc(1, sizeof *c);
	assert_non_null(c);
	to(&c->file, 4, 0x0A0D0D0A);
	to(&c->file, 4, 28);
	to(&c->file, 4, 0x1A2B3C4D);
	to(&c->file, 2, 1);
	to(&c->file, 2, 0);
	to(&c->file, 8, UINT64_MAX);
	to(&c->file, 4, 28);
	to(&c->file, 4, 1);
	to(&c->file, 4, 20);
	to(&c->file, 2, 101);
	to(&c->file, 2, 0);
	to(&c->file, 4, 0);
	to(&c->file, 4, 20);
	return c;
}

static void block(struct capture *c, put_fn *to, uint32_t type, const struct build *body)
{
	size_t padded = (body->size + 3) / 4 * 4;
	to(&c->file, 4, type);
	to(&c->file, 4, 12 + padded);
	put(&c->file, built(body));
	to(&c->file, padded - body->size, 0);
	to(&c->file, 4, 12 + padded);
}

static void option(struct build *b, put_fn *to, unsigned code, struct slice value)
{
	to(b, 2, code);
	to(b, 2, value.size);
	put(b, value);
	to(b, (4 - value.size % 4) % 4, 0);
}

static void number(struct build *b, put_fn *to, unsigned code, size_t size, uint64_t value)
{
	to(b, 2, code);
	to(b, 2, size);
	to(b, size, value);
}

static void packet_head(struct build *b, put_fn *to, const char *dst, size_t more)
{
	b->size = 0;
	to(b, 4, 0);
	to(b, 8, 1000);
	to(b, 4, 28 + more);
	to(b, 4, 28 + more);
	put_ip(b, "192.0.2.1", dst, 17, 8);
	put_udp(b, 1, 2, SLICE(""));
}

static put_fn *const orders[] = {put_le, put_be};

static void comments_name_the_process(void **state)
{
	(void)state;
	for (size_t i = 0; i < LENGTH(orders); i++) {
		put_fn *to = orders[i];
		struct capture *c = begin(to);
		struct build *b = calloc(1, sizeof *b);
		assert_non_null(b);
		packet_head(b, to, "192.0.2.2", 0);
		option(b, to, 1, SLICE("something else"));
		option(b, to, 1, SLICE("PID: 1234\nCmd: /usr/bin/curl\nArgs: curl http://x"));
		option(b, to, 1, SLICE("ParentPID: 1\nParentCmd: /bin/sh"));
		option(b, to, 0, SLICE(""));
		block(c, to, 6, b);
		packet_head(b, to, "192.0.2.3", 0); /* nothing stays for the next one */
		block(c, to, 6, b);
		packet_head(b, to, "192.0.2.4", 0);
		option(b, to, 1, SLICE("PID: many\nCmd: x"));
		block(c, to, 6, b);
		free(b);
		capture_check(c, "SELECT dst, pid, process FROM flow ORDER BY id",
			      "192.0.2.2 1234 /usr/bin/curl\n192.0.2.3 - -\n192.0.2.4 - -\n");
	}
}

static void process_blocks_name_it_too(void **state)
{
	(void)state;
	struct capture *c = begin(put_le);
	struct build *b = calloc(1, sizeof *b);
	assert_non_null(b);
	put_le(b, 4, 77);
	option(b, put_le, 2, SLICE("Safari"));
	block(c, put_le, 0x80000001, b);
	packet_head(b, put_le, "192.0.2.2", 0);
	number(b, put_le, 0x8001, 4, 0);
	block(c, put_le, 6, b);
	packet_head(b, put_le, "192.0.2.3", 0);
	number(b, put_le, 0x8001, 4, 1); /* there is none */
	block(c, put_le, 6, b);
	free(b);
	capture_check(c, "SELECT dst, pid, process FROM flow ORDER BY id",
		      "192.0.2.2 77 Safari\n192.0.2.3 - -\n");
}

static void names_before_and_behind_the_packets(void **state)
{
	(void)state;
	for (size_t i = 0; i < LENGTH(orders); i++) {
		put_fn *to = orders[i];
		struct capture *c = begin(to);
		struct build *b = calloc(1, sizeof *b);
		assert_non_null(b);
		option(b, to, 1, SLICE("\xc0\0\2\2"
				       "first.example\0alias.example\0"));
		option(b, to, 3, SLICE("aaaaaamac.example\0"));
		option(b, to, 0, SLICE(""));
		block(c, to, 4, b);
		packet_head(b, to, "192.0.2.2", 0);
		block(c, to, 6, b);
		packet_head(b, to, "192.0.2.3", 0);
		block(c, to, 6, b);
		b->size = 0;
		option(b, to, 2, SLICE("\x20\1\x0d\xb8\0\0\0\0\0\0\0\0\0\0\0\1six.example\0"));
		option(b, to, 1, SLICE("\xc0\0\2\3later.example\0"));
		option(b, to, 1, SLICE("\xc0\0\2\2other.example\0"));
		block(c, to, 4, b);
		free(b);
		capture_check(c, "SELECT flow, name, how, time_ns FROM name ORDER BY flow",
			      i == 0 ? "1 first.example pcapng 4294967296000000\n"
				       "2 later.example pcapng 4294967296000000\n"
				     : "1 first.example pcapng 1000000\n"
				       "2 later.example pcapng 1000000\n");
	}
}

static void what_was_dropped_counts_once(void **state)
{
	(void)state;
	for (size_t i = 0; i < LENGTH(orders); i++) {
		put_fn *to = orders[i];
		struct capture *c = begin(to);
		struct build *b = calloc(1, sizeof *b);
		assert_non_null(b);
		packet_head(b, to, "192.0.2.2", 0);
		number(b, to, 4, 8, 3);
		block(c, to, 6, b);
		b->size = 0;
		to(b, 4, 0);
		to(b, 8, 5);
		number(b, to, 4, 8, 100); /* received */
		number(b, to, 5, 8, 2);
		number(b, to, 7, 8, 5);
		block(c, to, 5, b); /* 7 by now, of which 3 are known */
		block(c, to, 5, b);
		b->size = 0;
		to(b, 4, 9);
		to(b, 8, 5);
		block(c, to, 5, b);
		free(b);
		capture_check(c, SKIPS,
			      "packets that were dropped while capturing 7\n"
			      "statistics of an interface that was not described 1\n");
	}
}

static void old_packets_tell_drops(void **state)
{
	(void)state;
	struct capture *c = begin(put_le);
	for (unsigned i = 0; i < 2; i++) {
		struct build *b = calloc(1, sizeof *b);
		assert_non_null(b);
		put_le(b, 2, 0);
		put_le(b, 2, i == 0 ? 4 : 0xffff);
		put_le(b, 8, 0);
		put_le(b, 8, UINT64_C(28) << 32 | 28);
		put_ip(b, "192.0.2.1", "192.0.2.2", 17, 8);
		put_udp(b, 1, 2, SLICE(""));
		block(c, put_le, 2, b);
		free(b);
	}
	capture_check(c, SKIPS, "packets that were dropped while capturing 4\n");
}

static void blocks_without_packets(void **state)
{
	(void)state;
	static const uint32_t silent[] = {9, 10, 0x0BAD, 0x40000BAD, 0x80000001};
	struct capture *c = begin(put_be);
	struct build *b = calloc(1, sizeof *b);
	assert_non_null(b);
	put(b, SLICE("TLSK\0\0\0\4keys"));
	for (size_t i = 0; i < LENGTH(silent); i++)
		block(c, put_be, silent[i], b);
	block(c, put_be, 0x777, b);
	packet_head(b, put_be, "192.0.2.2", 0);
	block(c, put_be, 6, b);
	free(b);
	struct store *store = store_in_memory();
	assert_int_equal(read_into(store, &reader_pcapng, built(&c->file)), 1);
	check_rows(store, SKIPS, "a block of a type that is not read 1\n");
	check_rows(store, "SELECT dst FROM flow", "192.0.2.2\n");
	store_abandon(&store);
	free(c);
}

static void a_section_of_another_version_ends_it(void **state)
{
	(void)state;
	struct capture *c = begin(put_le);
	c->file.bytes[12] = 2;
	capture_check(c, SKIPS, "a section of an unknown version 1\n");
}

/* A frame without IP, whose payload is what its header leaves. */
static void check_sequences_are_no_payload(void **state)
{
	(void)state;
	struct capture *c = begin(put_le);
	struct build *b = calloc(1, sizeof *b);
	assert_non_null(b);
	put_le(b, 4, 1); /* a second interface: Ethernet, if_fcslen 4 */
	put_le(b, 4, 0);
	number(b, put_le, 13, 1, 4);
	put_le(b, 3, 0);
	block(c, put_le, 1, b);
	for (unsigned flags = 0; flags <= 2 << 5; flags += 2 << 5) {
		b->size = 0;
		put_le(b, 4, 1);
		put_le(b, 8, 0);
		put_le(b, 8, UINT64_C(24) << 32 | 24);
		put(b, SLICE("aaaaaabbbbbb\x88\xccpayloadfcs"));
		number(b, put_le, 2, 4, flags);
		block(c, put_le, 6, b);
	}
	free(b);
	capture_check(c, "SELECT proto, packets_out, bytes_out FROM flow",
		      "ethertype 0x88cc 2 14\n");
}

static void classic_variants(void **state)
{
	(void)state;
	static const struct {
		uint32_t magic;
		unsigned major, minor, more;
		uint32_t link, captured, original;
		const char *wanted;
	} variants[] = {
		{0x1c0001ac, 2, 4, 4, 101, 28, 28, "1000000500 28\n"},
		{0x1c0001ab, 2, 4, 4, 101, 28, 28, "1000000500 28\n"},
		{0xa1b2c3d4, 2, 2, 0, 101, 1000, 28, "1000500000 28\n"},
		{0xa1b2c3d4, 2, 3, 0, 101, 1000, 28, "1000500000 28\n"},
		{0xa1b2c3d4, 2, 3, 0, 101, 28, 1000, "1000500000 28\n"},
		{0xa1b2c3d4, 543, 0, 0, 101, 1000, 28, "1000500000 28\n"},
		{0xa1b2c3d4, 2, 4, 0, 101 | 0x24000000, 28, 28, "1000500000 24\n"},
		{0xa1b2c3d4, 2, 4, 0, 101 | 0x20000000, 28, 28, "1000500000 28\n"},
	};
	for (size_t i = 0; i < 2 * LENGTH(variants); i++) {
		put_fn *to = orders[i % 2];
		struct store *store = store_in_memory();
		struct build *b = calloc(1, sizeof *b);
		assert_non_null(b);
		to(b, 4, variants[i / 2].magic);
		to(b, 2, variants[i / 2].major);
		to(b, 2, variants[i / 2].minor);
		to(b, 8, 0);
		to(b, 4, 65535);
		to(b, 4, variants[i / 2].link);
		to(b, variants[i / 2].more, 0);
		to(b, 4, 1);
		to(b, 4, 500);
		to(b, 4, variants[i / 2].captured);
		to(b, 4, variants[i / 2].original);
		put_ip(b, "192.0.2.1", "192.0.2.2", 200, 8);
		b->bytes[b->size - 18] = b->bytes[b->size - 17] = 0; /* length: all there is */
		put(b, SLICE("12345678"));
		assert_int_equal(reader_pcap.sniff(built(b)), 100);
		assert_int_equal(read_into(store, &reader_pcap, built(b)), 1);
		check_rows(store, "SELECT first_ns, CASE WHEN bytes_out > 100 THEN 28 ELSE bytes_out + 20 "
				  "END FROM flow",
			   variants[i / 2].wanted);
		check_rows(store, SKIPS, "");
		store_abandon(&store);
		free(b);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(comments_name_the_process),
		cmocka_unit_test(process_blocks_name_it_too),
		cmocka_unit_test(names_before_and_behind_the_packets),
		cmocka_unit_test(what_was_dropped_counts_once),
		cmocka_unit_test(old_packets_tell_drops),
		cmocka_unit_test(blocks_without_packets),
		cmocka_unit_test(a_section_of_another_version_ends_it),
		cmocka_unit_test(check_sequences_are_no_payload),
		cmocka_unit_test(classic_variants),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
