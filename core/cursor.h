/* SPDX-License-Identifier: Apache-2.0 */
#ifndef CORE_CURSOR_H
#define CORE_CURSOR_H

/*
 * Bounded reading. This is the only place where a pointer into foreign bytes
 * is moved; every parser reads through it.
 *
 * A cursor runs over bytes that somebody else owns and that must outlive it.
 * A read past the end yields zeros or an empty slice and sets `short_read`,
 * which sticks: a parser may read a whole header and test once. Nothing here
 * allocates or fails in another way.
 */

#include <endian.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

struct slice {
	const unsigned char *at; /* not owned; never NULL where size > 0 */
	size_t size;
};

struct cursor {
	const unsigned char *at, *end;
	bool short_read;
};

#define SLICE(literal) ((struct slice){(const unsigned char *)(literal), sizeof(literal) - 1})

static inline struct slice slice_of(const void *bytes, size_t size)
{
	return (struct slice){(const unsigned char *)bytes, size};
}

struct slice slice_of_string(const char *text); /* without its NUL */

static inline struct slice slice_part(struct slice a, size_t from, size_t size) /* clamped */
{
	size_t start = from < a.size ? from : a.size;
	size_t left = a.size - start;
	/* where nothing is left there may be no pointer to move */
	return slice_of(start ? a.at + start : a.at, size < left ? size : left);
}

static inline struct cursor cursor_over(struct slice bytes)
{
	/* an empty slice may carry NULL, on which no arithmetic is allowed */
	static const unsigned char nothing[1];
	if (bytes.size == 0)
		return (struct cursor){nothing, nothing, false};
	return (struct cursor){bytes.at, bytes.at + bytes.size, false};
}

static inline size_t cursor_left(const struct cursor *c)
{
	return (size_t)(c->end - c->at);
}

static inline struct slice cursor_rest(const struct cursor *c) /* what is left, not taken */
{
	return slice_of(c->at, cursor_left(c));
}

/* Binary. A take of more than there is takes nothing, and ends the cursor. */
static inline struct slice cursor_take(struct cursor *c, size_t size)
{
	if (size > cursor_left(c)) {
		c->short_read = true;
		c->at = c->end;
		return slice_of(c->end, 0);
	}
	struct slice taken = slice_of(c->at, size);
	c->at += size;
	return taken;
}

static inline struct cursor cursor_child(struct cursor *c, size_t size)
{
	struct slice inner = cursor_take(c, size);
	struct cursor child = cursor_over(inner);
	child.short_read = inner.size != size;
	return child;
}

static inline void cursor_skip(struct cursor *c, size_t size)
{
	(void)cursor_take(c, size);
}

/* Numbers: one load each, in the byte order of the name. */
static inline uint8_t cursor_u8(struct cursor *c)
{
	struct slice s = cursor_take(c, 1);
	return s.size ? s.at[0] : 0;
}

#define CURSOR_NUMBER(name, type, width, to_host)                                                  \
	static inline type name(struct cursor *c)                                                  \
	{                                                                                          \
		type value = 0;                                                                    \
		struct slice s = cursor_take(c, width);                                            \
		if (s.size)                                                                        \
			memcpy(&value, s.at, width);                                               \
		return to_host(value);                                                             \
	}
CURSOR_NUMBER(cursor_be16, uint16_t, 2, be16toh)
CURSOR_NUMBER(cursor_be32, uint32_t, 4, be32toh)
CURSOR_NUMBER(cursor_be64, uint64_t, 8, be64toh)
CURSOR_NUMBER(cursor_le16, uint16_t, 2, le16toh)
CURSOR_NUMBER(cursor_le32, uint32_t, 4, le32toh)
CURSOR_NUMBER(cursor_le64, uint64_t, 8, le64toh)
#undef CURSOR_NUMBER

static inline uint32_t cursor_be24(struct cursor *c)
{
	struct slice s = cursor_take(c, 3);
	return s.size ? (uint32_t)s.at[0] << 16 | (uint32_t)s.at[1] << 8 | s.at[2] : 0;
}

/* Text. Takes bytes up to `delimiter` into `ret` and steps over it. False, and
 * nothing moved, where the delimiter does not stand within `max` bytes. */
bool cursor_until(struct cursor *c, unsigned char delimiter, size_t max, struct slice *ret);

/* The next line without its LF or CRLF; a last line may lack the LF, which
 * `ret_whole` then tells (may be NULL). False at the end of the input. A line of
 * any length is one slice: the caller states its own maximum. */
bool cursor_line(struct cursor *c, struct slice *ret, bool *ret_whole);

/* The next run of bytes that are not blank (space or tab), at most `max` long;
 * leading blanks are passed over. False where there is none. */
bool cursor_word(struct cursor *c, size_t max, struct slice *ret);

/* As memcmp(3), by their bytes; what begins the other comes first. */
int slice_compare(struct slice a, struct slice b);

bool slice_equal(struct slice a, struct slice b);
bool slice_is(struct slice a, const char *text);
bool slice_is_nocase(struct slice a, const char *text); /* ASCII only */
bool slice_starts(struct slice a, const char *prefix);
bool slice_ends(struct slice a, const char *suffix);
struct slice slice_trim(struct slice a); /* blanks and CR at both ends */

/* Index of the first `byte`, or of `needle`; `a.size` where there is none. */
size_t slice_find(struct slice a, unsigned char byte);
size_t slice_search(struct slice a, struct slice needle);

/* Whole-slice numbers: digits only (a leading '-' for the signed one), no
 * blanks, no sign, 1–20 digits, at most `max` (between -max and max). */
bool slice_u64(struct slice a, uint64_t max, uint64_t *ret);
bool slice_i64(struct slice a, int64_t max, int64_t *ret);
bool slice_hex_u64(struct slice a, uint64_t max, uint64_t *ret);

/* Exactly `size` bytes from 2 × `size` hexadecimal digits. */
bool slice_hex_bytes(struct slice a, size_t size, unsigned char ret[]);

/* Copies into a NUL-terminated buffer. False, and an empty string, where it
 * does not fit or holds a NUL. */
bool slice_to_string(struct slice a, char *ret, size_t capacity);

#endif
