/* SPDX-License-Identifier: Apache-2.0 */
#ifndef TESTS_UNIT_CAPTURE_HELLO_H
#define TESTS_UNIT_CAPTURE_HELLO_H

/* A ClientHello put together in code. */

#include "tests/unit/capture_build.h"

static inline void put_extension(struct build *b, unsigned type, struct slice data)
{
	put_be(b, 2, type);
	put_be(b, 2, data.size);
	put(b, data);
}

/* The handshake message; `filler` bytes of padding make it longer. */
static inline struct build *hello(const char *name, size_t filler)
{
	struct build *x = calloc(1, sizeof *x), *b = calloc(1, sizeof *b),
		     *n = calloc(1, sizeof *n);
	assert_true(x && b && n);
	put_extension(x, 0x2a2a, SLICE("")); /* to be ignored (RFC 8701) */
	put_be(n, 2, strlen(name) + 3);
	put_be(n, 1, 0);
	put_be(n, 2, strlen(name));
	put_text(n, name);
	put_extension(x, 0, built(n));
	n->size = 0;
	put_be(n, 1, 0);
	for (size_t i = 1; i < filler; i++)
		put_be(n, 1, 0);
	put_extension(x, 21, slice_part(built(n), 0, filler));
	put_extension(x, 16, SLICE("\0\x0c\2h2\x08http/1.1"));
	put_extension(x, 43, SLICE("\6\x5a\x5a\3\4\3\3"));
	put_be(b, 1, 1);
	put_be(b, 3, 2 + 32 + 1 + 4 + 2 + 2 + x->size);
	put_be(b, 2, 0x0303);
	for (int i = 0; i < 32; i++)
		put_be(b, 1, 0xaa);
	put_be(b, 1, 0);
	put_be(b, 4, 0x00021301);
	put_be(b, 2, 0x0100);
	put_be(b, 2, x->size);
	put(b, built(x));
	free(x);
	free(n);
	return b;
}

/* The same without server_name: another extension stands in its place. */
static inline struct build *hello_of_nobody(void)
{
	enum { NAME_EXTENSION = 4 + 2 + 32 + 1 + 4 + 2 + 2 + 4 };
	struct build *b = hello("h.test", 1);
	assert_int_equal(b->bytes[NAME_EXTENSION + 1], 0);
	b->bytes[NAME_EXTENSION + 1] = 0x7f;
	return b;
}

/* In records of at most `size` bytes. */
static inline struct build *hello_records(const struct build *message, size_t size)
{
	struct build *b = calloc(1, sizeof *b);
	assert_non_null(b);
	for (size_t at = 0; at < message->size; at += size) {
		struct slice part = slice_part(built(message), at, size);
		put_be(b, 3, 0x160301);
		put_be(b, 2, part.size);
		put(b, part);
	}
	return b;
}

#endif
