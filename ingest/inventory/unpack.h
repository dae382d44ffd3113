/* SPDX-License-Identifier: Apache-2.0 */
#ifndef INGEST_INVENTORY_UNPACK_H
#define INGEST_INVENTORY_UNPACK_H

/*
 * The members of an archive one after the other, through libarchive: zip (vsix, jar,
 * xpi, whl …), tar, 7z, cab, cpio, ar, and what gzip, bzip2, xz or zstd packed.
 */

#include "ingest/inventory/range.h"

#include <sys/types.h>

enum { UNPACK_SNIFF = 512 /* bytes that tell what a file is */ };

enum unpack_kind {
	UNPACK_NONE,   /* no archive */
	UNPACK_OPENS,  /* one that is opened here */
	UNPACK_CLOSED, /* one that is not: its bytes can only be searched as they are */
};

/* By its first UNPACK_SNIFF bytes. */
enum unpack_kind unpack_sniff(struct slice first);

/* Is it packed by gzip, bzip2, xz or zstd? Then there may be an archive in it, or one
 * file alone. */
bool unpack_is_packed(struct slice first);

/* Does a program carry a zip archive at its end? */
bool unpack_has_tail(const struct range *r);

struct unpack; /* opaque */

/* `range` must outlive it. `alone`: what is packed is one file, whatever it looks like.
 * Never NULL. */
struct unpack *unpack_new(const struct range *range, bool alone);
void unpack_free(struct unpack *u); /* NULL-safe */

struct unpack_member {
	const char *path; /* "" where it has none; valid until the next member */
	bool encrypted;   /* its bytes cannot be read */
};

/* The next one that is a file; false where there are no more. */
bool unpack_next(struct unpack *u, struct unpack_member *ret);

/* Bytes of the member; 0 at its end. */
size_t unpack_read(struct unpack *u, unsigned char *to, size_t size);

/* NULL, or why it ended before the end (a constant). */
const char *unpack_problem(const struct unpack *u);

#endif
