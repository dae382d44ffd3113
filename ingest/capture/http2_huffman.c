/* SPDX-License-Identifier: Apache-2.0 */
/*
 * RFC 7541, appendix B. The code is canonical: within a length codes count upwards
 * in the order of the symbols, and the first code of a length follows the last one
 * of the length before, with zeros behind. What has more than 15 bits stands for no
 * character of a name; the text ends in ones.
 */
#include "ingest/capture/http2.h"

#include "core/error.h"

static const struct {
	unsigned bits;
	struct slice symbols;
} lengths[] = {
	{5, {(const unsigned char *)"012aceiost", 10}},
	{6, {(const unsigned char *)" %-./3456789=A_bdfghlmnpru", 26}},
	{7, {(const unsigned char *)":BCDEFGHIJKLMNOPQRSTUVWYjkqvwxyz", 32}},
	{8, {(const unsigned char *)"&*,;XZ", 6}},
	{10, {(const unsigned char *)"!\"()?", 5}},
	{11, {(const unsigned char *)"'+|", 3}},
	{12, {(const unsigned char *)"#>", 2}},
	{13, {(const unsigned char *)"\0$@[]~", 6}},
	{14, {(const unsigned char *)"^}", 2}},
	{15, {(const unsigned char *)"<`{", 3}},
};

/* The symbol that `window` (left-aligned, 32 bits) begins with; 0: none here. */
static unsigned char symbol(uint32_t window, unsigned *ret_bits)
{
	uint32_t first = 0;
	unsigned before = 0;
	for (size_t i = 0; i < LENGTH(lengths); i++) {
		unsigned bits = lengths[i].bits;
		first <<= bits - before;
		uint32_t at = (window >> (32 - bits)) - first;
		*ret_bits = bits;
		if (at < lengths[i].symbols.size)
			return lengths[i].symbols.at[at];
		first += (uint32_t)lengths[i].symbols.size;
		before = bits;
	}
	return 0;
}

bool http2_huffman(struct slice coded, char *ret, size_t capacity)
{
	struct cursor c = cursor_over(coded);
	uint64_t window = 0; /* left-aligned */
	unsigned there = 0, bits = 0;
	size_t size = 0;
	for (;;) {
		while (there <= 32 && cursor_left(&c) > 0) {
			window |= (uint64_t)cursor_u8(&c) << (56 - there);
			there += 8;
		}
		/* a rest of fewer than 8 ones is padding */
		if (there < 8 && window == (there ? ~UINT64_C(0) << (64 - there) : 0))
			break;
		unsigned char byte = symbol((uint32_t)(window >> 32), &bits);
		if (byte == 0 || bits > there || size + 1 >= capacity)
			return false;
		ret[size++] = (char)byte;
		window <<= bits;
		there -= bits;
	}
	ret[size] = 0;
	return true;
}
