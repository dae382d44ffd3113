/* SPDX-License-Identifier: Apache-2.0 */
#include "tests/unit/test.h"

#include "ingest/etl/xpress.h"
#include "tests/unit/etl_build.h"

enum { ROOM = 1 << 17 };

static unsigned char out[ROOM];

/* The examples of MS-XCA 3.1: 26 letters, and 100 times three of them. */
static void test_examples(void **state)
{
	static const unsigned char letters[] = "\x3f\x00\x00\x00" "abcdefghijklmnopqrstuvwxyz";
	static const unsigned char again[] = {0xff, 0xff, 0xff, 0x1f, 'a', 'b', 'c', 0x17, 0x00, 0x0f, 0xff, 0x26, 0x01};
	bool good;
	(void)state;
	size_t size = xpress_unpack(slice_of(letters, sizeof letters - 1), out, ROOM, &good);
	assert_true(good);
	assert_slice(slice_of(out, size), "abcdefghijklmnopqrstuvwxyz");
	size = xpress_unpack(slice_of(again, sizeof again), out, ROOM, &good);
	assert_true(good);
	assert_int_equal(size, 300);
	for (size_t i = 0; i < size; i++)
		assert_int_equal(out[i], "abc"[i % 3]);
}

/* Bytes with repetitions of every length up to some, near and far. */
static struct slice make_content(unsigned char *to, size_t size, uint32_t seed)
{
	size_t at = 0;
	while (at < size) {
		seed = seed * 1664525 + 1013904223;
		size_t run = (seed >> 8) % 400, back = (seed >> 20) % 2000 + 1;
		for (size_t i = 0; i < run && at < size; i++, at++)
			if (back <= at && (seed & 3))
				to[at] = to[at - back];
			else
				to[at] = (unsigned char)((seed >> (i & 7)) ^ i * 37);
	}
	return slice_of(to, size);
}

static void check_round(struct slice content, bool huffman)
{
	static struct build b;
	bool good = false;
	b.size = 0;
	if (huffman)
		build_pack_huffman(&b, content);
	else
		build_pack(&b, content);
	size_t (*unpack)(struct slice, unsigned char *, size_t, bool *) = huffman ? xpress_huffman_unpack : xpress_unpack;
	memset(out, 0xee, sizeof out);
	size_t size = unpack(build_slice(&b), out, content.size, &good);
	assert_true(good);
	assert_int_equal(size, content.size);
	assert_memory_equal(out, content.at, size);
	/* with more room than needed it ends by itself */
	size = unpack(build_slice(&b), out, ROOM, &good);
	assert_true(good);
	assert_int_equal(size, content.size);
	/* with less it stops */
	size = unpack(build_slice(&b), out, content.size / 2, &good);
	assert_int_equal(size, content.size / 2);
	assert_memory_equal(out, content.at, size);
}

static void test_round(void **state)
{
	static unsigned char content[70000];
	(void)state;
	for (uint32_t seed = 1; seed < 8; seed++)
		for (int huffman = 0; huffman < 2; huffman++) {
			check_round(make_content(content, 5000 + seed, seed), huffman);
			check_round(make_content(content, seed, seed), huffman);
		}
	/* two chunks; lengths that need two and four bytes */
	check_round(make_content(content, sizeof content, 3), true);
	memset(content, 'x', sizeof content);
	check_round(slice_of(content, sizeof content), true);
	check_round(slice_of(content, sizeof content), false);
	check_round(slice_of(content, 300), false);
}

/* Every prefix, in memory of exactly that size: what comes out is a beginning. */
static void test_prefixes(void **state)
{
	static struct build b;
	static unsigned char content[1500];
	struct slice all = make_content(content, sizeof content, 9);
	(void)state;
	for (int huffman = 0; huffman < 2; huffman++) {
		b.size = 0;
		if (huffman)
			build_pack_huffman(&b, all);
		else
			build_pack(&b, all);
		for (size_t size = 0; size < b.size; size++) {
			bool good;
			unsigned char *copy = malloc(size + 1);
			assert_non_null(copy);
			memcpy(copy, b.bytes, size);
			size_t got = huffman ? xpress_huffman_unpack(slice_of(copy, size), out, all.size, &good)
					     : xpress_unpack(slice_of(copy, size), out, all.size, &good);
			free(copy);
			assert_true(got <= all.size);
			if (!huffman) /* zeros behind the end can be codes */
				assert_memory_equal(out, all.at, got);
			if (size + 8 < b.size)
				assert_true(got < all.size);
		}
	}
}

static void test_broken(void **state)
{
	static const unsigned char before[] = {0, 0, 0, 0x80, 7, 0};
	static unsigned char zeros[600];
	bool good;
	(void)state;
	/* a match before there is anything */
	assert_int_equal(xpress_unpack(slice_of(before, sizeof before), out, ROOM, &good), 0);
	assert_false(good);
	/* no symbol has a code */
	assert_int_equal(xpress_huffman_unpack(slice_of(zeros, sizeof zeros), out, ROOM, &good), 0);
	assert_false(good);
	/* more codes than there are bits for */
	memset(zeros, 0x11, sizeof zeros);
	assert_int_equal(xpress_huffman_unpack(slice_of(zeros, sizeof zeros), out, ROOM, &good), 0);
	assert_false(good);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_examples),
		cmocka_unit_test(test_round),
		cmocka_unit_test(test_prefixes),
		cmocka_unit_test(test_broken),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
