/* SPDX-License-Identifier: Apache-2.0 */
/*
 * LZ77 with Huffman codes (MS-XCA 2.2). Chunks of 65536 bytes unpacked, each
 *
 *   lengths:256  of the codes of 512 symbols, 4 bits each, the lower half first; 0: not
 *                used
 *   bits         in words of 16 bits, the highest first; between them, where a length
 *                asks for them, bytes
 *
 * Codes are canonical: of one length in the order of the symbols, the shorter first.
 * A symbol below 256 is a byte. Above, its upper 4 of 8 bits say how many bits of a
 * distance follow (below their leading 1), the lower 4 the length - 3, and where they
 * are 15:
 *
 *   more:1  length - 18, and where it is 255:
 *   all:2   length - 3, and where it is 0:
 *   all:4   length - 3
 *
 * Symbol 256 at the end of the input ends it.
 */
#include "ingest/etl/xpress.h"

#include "ingest/etl/xpress_copy.h"

enum {
	SYMBOLS = 512,
	LENGTHS = SYMBOLS / 2, /* bytes */
	CODE_MAX = 15,         /* bits */
	WORD = 16,
	CHUNK = 65536,
	BYTES = 256,
	LENGTH_MASK = 15,
	LENGTH_LEAST = 3,
	END = 256,
	AHEAD = 2, /* words */
};

struct codes {
	uint16_t count[CODE_MAX + 1]; /* of codes of each length */
	uint16_t symbols[SYMBOLS];    /* in the order of their codes */
};

struct huffman {
	struct cursor c;
	struct unpacked out;
	struct codes codes;
	uint32_t bits; /* the highest come next */
	int extra;     /* how many there are of the second of its words */
	unsigned beyond; /* words taken past the end */
};

/* Kraft's sum over the lengths must not exceed one; where it is less, some bits are no
 * code, which reading finds. */
static bool read_codes(struct huffman *h)
{
	struct slice lengths = cursor_take(&h->c, LENGTHS);
	uint16_t next[CODE_MAX + 2] = {0};
	uint32_t sum = 0;
	if (lengths.size < LENGTHS)
		return false;
	h->codes = (struct codes){.count = {0}};
	for (size_t i = 0; i < SYMBOLS; i++)
		h->codes.count[lengths.at[i / 2] >> 4 * (i & 1) & LENGTH_MASK]++;
	for (unsigned size = 1; size <= CODE_MAX; size++) {
		next[size + 1] = (uint16_t)(next[size] + h->codes.count[size]);
		sum += (uint32_t)h->codes.count[size] << (CODE_MAX - size);
	}
	for (size_t i = 0; i < SYMBOLS; i++) {
		unsigned size = lengths.at[i / 2] >> 4 * (i & 1) & LENGTH_MASK;
		if (size > 0)
			h->codes.symbols[next[size]++] = (uint16_t)i;
	}
	return sum <= 1U << CODE_MAX;
}

/* Two words are read ahead, and past the end are zeros. */
static uint32_t next_word(struct huffman *h)
{
	if (cursor_left(&h->c) >= 2)
		return cursor_le16(&h->c);
	h->beyond++;
	return 0;
}

static void begin_bits(struct huffman *h)
{
	h->bits = next_word(h) << WORD;
	h->bits |= next_word(h);
	h->extra = WORD;
}

static void drop_bits(struct huffman *h, unsigned count)
{
	h->bits = count < 32 ? h->bits << count : 0;
	h->extra -= (int)count;
	if (h->extra < 0) {
		h->bits |= next_word(h) << (unsigned)-h->extra;
		h->extra += WORD;
	}
}

/* SYMBOLS where the bits are no code. */
static unsigned read_symbol(struct huffman *h)
{
	uint32_t code = 0, first = 0, index = 0;
	for (unsigned size = 1; size <= CODE_MAX; size++) {
		uint32_t count = h->codes.count[size];
		code = h->bits >> (32 - size);
		if (code - first < count) {
			drop_bits(h, size);
			return h->codes.symbols[index + code - first];
		}
		index += count;
		first = (first + count) << 1;
	}
	return SYMBOLS;
}

static bool read_length(struct huffman *h, size_t *ret)
{
	size_t more = cursor_u8(&h->c);
	*ret = more + LENGTH_MASK;
	if (more < BYTES - 1)
		return !h->c.short_read;
	size_t all = cursor_le16(&h->c);
	if (all == 0)
		all = cursor_le32(&h->c);
	*ret = all;
	return !h->c.short_read && all >= LENGTH_MASK;
}

static bool read_match(struct huffman *h, unsigned symbol)
{
	size_t length = symbol & LENGTH_MASK;
	unsigned distance_bits = (symbol - BYTES) >> 4;
	if (length == LENGTH_MASK && !read_length(h, &length))
		return false;
	size_t distance = (size_t)1 << distance_bits;
	if (distance_bits > 0)
		distance += h->bits >> (32 - distance_bits);
	drop_bits(h, distance_bits);
	return unpacked_repeat(&h->out, distance, length + LENGTH_LEAST);
}

/* `ret_end`: it was the last one. */
static bool read_chunk(struct huffman *h, bool *ret_end)
{
	size_t end = h->out.used + CHUNK;
	if (!read_codes(h))
		return false;
	begin_bits(h);
	while (h->out.used < end && !unpacked_full(&h->out)) {
		unsigned symbol = read_symbol(h);
		*ret_end = symbol == END && cursor_left(&h->c) == 0;
		if (*ret_end)
			return true;
		if (symbol >= SYMBOLS || h->beyond > AHEAD)
			return false;
		if (symbol < BYTES ? !unpacked_put(&h->out, (unsigned char)symbol)
				   : !read_match(h, symbol))
			return false;
	}
	return true;
}

size_t xpress_huffman_unpack(struct slice packed, unsigned char *to, size_t room, bool *ret_good)
{
	struct huffman h = {.c = cursor_over(packed), .out = {to, 0, room}};
	bool good = true, end = false;
	while (good && !end && !unpacked_full(&h.out) && cursor_left(&h.c) > 0)
		good = read_chunk(&h, &end);
	*ret_good = good;
	return h.out.used;
}
