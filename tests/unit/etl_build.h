/* SPDX-License-Identifier: Apache-2.0 */
#ifndef TESTS_UNIT_ETL_BUILD_H
#define TESTS_UNIT_ETL_BUILD_H

/*
 * Event traces made for tests: buffers with events of every layout, and two packers of
 * which the product has only the other side.
 */

#include "core/cursor.h"

#include <stdlib.h>

enum { BUILD_MAX = 1 << 18, BUILD_HEAD = 72 };

struct build {
	unsigned char bytes[BUILD_MAX];
	size_t size;
	size_t buffer; /* where the one at hand begins */
};

static inline struct slice build_slice(const struct build *b)
{
	return slice_of(b->bytes, b->size);
}

static inline void build_put(struct build *b, uint64_t value, size_t size)
{
	for (size_t i = 0; i < size; i++)
		if (b->size < BUILD_MAX)
			b->bytes[b->size++] = (unsigned char)(i < 8 ? value >> 8 * i : 0);
}

static inline void build_set(struct build *b, size_t at, uint64_t value, size_t size)
{
	for (size_t i = 0; i < size; i++)
		b->bytes[at + i] = (unsigned char)(value >> 8 * i);
}

static inline void build_add(struct build *b, struct slice bytes)
{
	for (size_t i = 0; i < bytes.size; i++)
		build_put(b, bytes.at[i], 1);
}

/* ASCII as UTF-16 with its NUL. */
static inline void build_wide(struct build *b, const char *text)
{
	for (size_t i = 0; i <= strlen(text); i++)
		build_put(b, (unsigned char)text[i], 2);
}

/* "192.0.2.1" and the like are written as four numbers. */
static inline void build_v4(struct build *b, unsigned a, unsigned c, unsigned d, unsigned e)
{
	build_put(b, a | c << 8 | d << 16 | (uint64_t)e << 24, 4);
}

static inline void build_be16(struct build *b, unsigned value)
{
	build_put(b, (value >> 8 & 0xff) | (value & 0xff) << 8, 2);
}

static inline void build_buffer(struct build *b, unsigned processor, unsigned flags, unsigned type)
{
	b->buffer = b->size;
	build_put(b, 0, 40);
	build_put(b, processor, 4);
	build_put(b, 3, 4);
	build_put(b, 0, 4);
	build_put(b, flags, 2);
	build_put(b, type, 2);
	build_put(b, 0, 16);
}

/* Ends it, with so many bytes of filler. */
static inline void build_buffer_end(struct build *b, size_t filler)
{
	size_t used = b->size - b->buffer;
	for (size_t i = 0; i < filler; i++)
		build_put(b, 0xff, 1);
	build_set(b, b->buffer, b->size - b->buffer, 4);
	build_set(b, b->buffer + 4, used, 4);
	build_set(b, b->buffer + 48, used, 4);
}

static inline void build_align(struct build *b)
{
	while ((b->size - b->buffer) % 8)
		build_put(b, 0, 1);
}

/* An event of a kernel group. */
static inline void build_kernel(struct build *b, unsigned group, unsigned opcode, unsigned version,
				uint32_t pid, uint64_t stamp, struct slice payload)
{
	build_put(b, version, 2);
	build_put(b, 2, 1);
	build_put(b, 0xc0, 1);
	build_put(b, 32 + payload.size, 2);
	build_put(b, opcode | group << 8, 2);
	build_put(b, 77, 4);
	build_put(b, pid, 4);
	build_put(b, stamp, 8);
	build_put(b, 0, 8);
	build_add(b, payload);
	build_align(b);
}

struct build_guid {
	uint32_t a, b;
	uint64_t rest;
};

static inline void build_guid(struct build *b, struct build_guid g)
{
	build_put(b, g.a, 4);
	build_put(b, g.b >> 16, 2);
	build_put(b, g.b & 0xffff, 2);
	for (int i = 7; i >= 0; i--)
		build_put(b, g.rest >> 8 * i & 0xff, 1);
}

/* An event of a provider with numbers; with `item`, one that has extended data. */
struct build_manifest {
	struct build_guid provider;
	unsigned id, version;
	uint64_t keyword;
	uint32_t pid;
	uint64_t stamp;
	bool item;
};

static inline void build_manifest(struct build *b, const struct build_manifest *m, struct slice payload)
{
	build_put(b, 80 + (m->item ? 32U : 0U) + payload.size, 2);
	build_put(b, 19, 1);
	build_put(b, 0xc0, 1);
	build_put(b, m->item, 2);
	build_put(b, 0, 2);
	build_put(b, 78, 4);
	build_put(b, m->pid, 4);
	build_put(b, m->stamp, 8);
	build_guid(b, m->provider);
	build_put(b, m->id, 2);
	build_put(b, m->version, 1);
	build_put(b, 0, 5);
	build_put(b, m->keyword, 8);
	build_put(b, 0, 8 + 16);
	if (m->item) { /* two of them, the second with 5 bytes */
		const unsigned sizes[] = {8, 5};
		for (unsigned i = 0; i < 2; i++) {
			build_put(b, 0, 2);
			build_put(b, 11, 2);
			build_put(b, i == 0, 2);
			build_put(b, sizes[i], 2);
			build_put(b, UINT64_C(0x0807060504030201), 8);
		}
	}
	build_add(b, payload);
	build_align(b);
}

enum { BUILD_FIRST_STAMP = 5000 };

/* FILETIME of 2026-11-23 00:00:00 UTC, at which traces of tests start. */
#define BUILD_START (UINT64_C(116444736000000000) + UINT64_C(17954352000000000))
#define BUILD_START_NS INT64_C(1795435200000000000)

struct build_log {
	unsigned clock;      /* 1 QPC, 2 system, 3 cycles */
	uint64_t frequency;  /* of 1 */
	unsigned mhz;        /* of 3 */
	unsigned lost, buffers_lost;
	unsigned pointer;    /* 0: 8 */
};

/* The first buffer. */
static inline void build_log(struct build *b, const struct build_log *log)
{
	static struct build p;
	unsigned pointer = log->pointer ? log->pointer : 8;
	p.size = 0;
	build_put(&p, 65536, 4);
	build_put(&p, 0x0105000a, 4);
	build_put(&p, 19045, 4);
	build_put(&p, 2, 4);
	build_put(&p, BUILD_START + 10, 8);
	build_put(&p, 0, 4 * 5);
	build_put(&p, pointer, 4);
	build_put(&p, log->lost, 4);
	build_put(&p, log->mhz, 4);
	build_put(&p, 0, 2 * (size_t)pointer + 176);
	build_put(&p, BUILD_START - 1000, 8);
	build_put(&p, log->frequency, 8);
	build_put(&p, BUILD_START, 8);
	build_put(&p, log->clock, 4);
	build_put(&p, log->buffers_lost, 4);
	build_wide(&p, "test");
	build_buffer(b, 0, 0x21, 4);
	build_kernel(b, 0, 0, 2, 4, BUILD_FIRST_STAMP, build_slice(&p));
	build_buffer_end(b, 16);
}

/* The longest repetition of what stands at `at`; its distance, or 0. */
static inline size_t build_repetition(struct slice s, size_t at, size_t *ret_size)
{
	size_t best = 0;
	*ret_size = 0;
	for (size_t back = 1; back <= at && back <= 4096; back++) {
		size_t n = 0;
		while (at + n < s.size && s.at[at + n] == s.at[at + n - back])
			n++;
		if (n > *ret_size) {
			*ret_size = n;
			best = back;
		}
	}
	return *ret_size >= 3 ? best : 0;
}

/* Plain LZ77 (MS-XCA 2.3). */
static inline void build_pack(struct build *b, struct slice s)
{
	size_t flags_at = b->size, half_at = 0;
	uint32_t flags = 0;
	unsigned count = 0;
	build_put(b, 0, 4);
	for (size_t at = 0; at < s.size; count++) {
		size_t size, back = build_repetition(s, at, &size);
		if (count == 32) {
			build_set(b, flags_at, flags, 4);
			flags_at = b->size;
			flags = count = 0;
			build_put(b, 0, 4);
		}
		flags = flags << 1 | (back > 0);
		if (back == 0) {
			build_put(b, s.at[at++], 1);
			continue;
		}
		at += size;
		size -= 3;
		build_put(b, (back - 1) << 3 | (size < 7 ? size : 7), 2);
		if (size < 7)
			continue;
		size_t half = size - 7 < 15 ? size - 7 : 15;
		if (half_at) {
			b->bytes[half_at] |= (unsigned char)(half << 4);
			half_at = 0;
		} else {
			half_at = b->size;
			build_put(b, half, 1);
		}
		if (half < 15)
			continue;
		build_put(b, size - 22 < 255 ? size - 22 : 255, 1);
		if (size - 22 >= 255)
			build_put(b, size < 65536 ? size : 0, 2);
		if (size - 22 >= 255 && size >= 65536)
			build_put(b, size, 4);
	}
	/* what is not used says that the input ends */
	for (; count < 32; count++)
		flags = flags << 1 | 1;
	build_set(b, flags_at, flags, 4);
}

struct build_bits {
	struct build *b;
	size_t word, next; /* where they will stand */
	uint32_t bits;
	unsigned free;
};

static inline void build_bits(struct build_bits *w, uint32_t value, unsigned count)
{
	if (count <= w->free) {
		w->bits = w->bits << count | value;
		w->free -= count;
		return;
	}
	w->bits = w->bits << w->free | value >> (count - w->free);
	build_set(w->b, w->word, w->bits, 2);
	w->word = w->next;
	w->next = w->b->size;
	build_put(w->b, 0, 2);
	w->free += 16 - count;
	w->bits = value;
}

/* LZ77 with Huffman codes (MS-XCA 2.1), all of nine bits, so that each is its symbol. */
static inline void build_pack_huffman(struct build *b, struct slice s)
{
	for (size_t at = 0; at < s.size;) {
		size_t end = at + 65536 < s.size ? at + 65536 : s.size;
		for (int i = 0; i < 256; i++)
			build_put(b, 0x99, 1);
		struct build_bits w = {.b = b, .word = b->size, .next = b->size + 2, .free = 16};
		build_put(b, 0, 4);
		while (at < end) {
			size_t size, back = build_repetition(s, at, &size);
			size = size < end - at ? size : end - at;
			if (back == 0 || size < 3) {
				build_bits(&w, s.at[at++], 9);
				continue;
			}
			unsigned distance_bits = 0;
			while (back >> (distance_bits + 1))
				distance_bits++;
			at += size;
			size -= 3;
			build_bits(&w, 256 + (distance_bits << 4) + (uint32_t)(size < 15 ? size : 15), 9);
			if (size >= 15)
				build_put(b, size - 15 < 255 ? size - 15 : 255, 1);
			if (size >= 15 + 255)
				build_put(b, size, 2);
			build_bits(&w, (uint32_t)(back - ((size_t)1 << distance_bits)), distance_bits);
		}
		if (at == s.size)
			build_bits(&w, 256, 9);
		w.bits <<= w.free;
		build_set(b, w.word, w.bits, 2);
	}
}

/* A buffer of the file, unpacked, becomes a packed one at the end of another file. */
static inline void build_packed(struct build *to, const struct build *from, bool huffman)
{
	struct slice content = slice_part(build_slice(from), from->buffer + BUILD_HEAD, from->size);
	size_t begin = to->size;
	build_add(to, slice_part(build_slice(from), from->buffer, BUILD_HEAD));
	if (huffman)
		build_pack_huffman(to, content);
	else
		build_pack(to, content);
	build_set(to, begin, to->size - begin, 4);
	build_set(to, begin + 52, 0x60, 2);
}

#endif
