/* SPDX-License-Identifier: Apache-2.0 */
#ifndef REPORT_SHA256SUMS_H
#define REPORT_SHA256SUMS_H

/*
 * SHA256SUMS, as sha256sum(1) of the GNU coreutils writes and checks it: a line
 * "<64 digits>  <path>" each. Where the path holds a backslash, LF or CR, these
 * stand as \\, \n, \r and the line begins with a backslash.
 *
 * Only one form of a list is accepted: lower-case digits, every line ended by LF,
 * paths relative and plain (no "..", no empty part), each once, in the order of
 * their bytes.
 */

#include "core/arena.h"
#include "core/file.h"
#include "core/hash.h"
#include "core/text.h"

enum {
	SHA256SUMS_SIZE_MAX = 64 * 1024 * 1024,
};

struct sha256sums_line {
	unsigned char digest[HASH_SIZE];
	char path[FILE_PATH_MAX];
};

void sha256sums_add(struct text *out, const char *path,
		    const unsigned char digest[static HASH_SIZE]);

/* Reads the next line; at the end of the input `ret_more` is false. NULL, or what
 * is wrong with the line. */
const char *sha256sums_next(struct cursor *c, struct sha256sums_line *ret,
			    bool *ret_more) MUST_CHECK;

struct sha256sums_entry {
	const char *path; /* owned by the arena */
	unsigned char digest[HASH_SIZE];
};

/* All lines, with the rule of their order. NULL, or what is wrong, with the number
 * of the line; then the entries are those in front of it. */
const char *sha256sums_read(struct slice bytes, struct arena *arena, struct sha256sums_entry **ret,
			    size_t *ret_count, size_t *ret_line) MUST_CHECK;

#endif
