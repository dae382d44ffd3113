/* SPDX-License-Identifier: Apache-2.0 */
#ifndef REPORT_ZIP_H
#define REPORT_ZIP_H

/*
 * ZIP (PKWARE APPNOTE 6.3) in one form, so that a bundle of the same files is the same bytes
 * wherever and whenever it is made, and no byte of one is free to be changed: files stored as
 * they are, in the order of their paths, dated 1980-01-01, owned by nobody; no comments, no
 * gaps, ZIP64 where a number needs it and nowhere else. Reading writes all of it but the
 * contents anew and compares. What was packed differently is refused, and may be unpacked
 * and verified as a folder.
 */

#include "core/arena.h"
#include "core/hash.h"
#include "core/text.h"

enum {
	ZIP_PATH_MAX = 1024,
	ZIP_FILES_MAX = 1000000,
};

/* ---- writing ---- */

struct zip_writer; /* opaque */

/* Onto a file that can be sought in. */
struct zip_writer *zip_writer_new(int fd);
void zip_writer_free(struct zip_writer *w); /* NULL-safe */

/* Adds all of `from`, from where it stands. Paths come in ascending order of their bytes;
 * one that leads out of the folder it is unpacked to is refused. */
enum status zip_add(struct zip_writer *w, const char *path, int from, struct error *err) MUST_CHECK;

/* The list at the end. */
enum status zip_finish(struct zip_writer *w, struct error *err) MUST_CHECK;

/* ---- reading ---- */

struct zip_entry {
	const char *path; /* owned by the arena */
	uint64_t at, size; /* where its contents lie */
	uint32_t crc;      /* as the archive says */
};

struct zip {
	struct zip_entry *entries; /* in the arena; by path */
	size_t count;
};

/* Reads all but the contents. ERR_MALFORMED tells place and reason where the form is not
 * exactly ours: a path that leads out, one that is there twice or differs in case alone, a
 * link, a packed file, a gap, a byte behind the end. */
enum status zip_read(int fd, struct arena *arena, struct zip *ret, struct error *err) MUST_CHECK;

/* The SHA-256 of the contents; `ret_whole` is false where their checksum is not the one that
 * stands in the archive. */
enum status zip_hash(int fd, const struct zip_entry *e, unsigned char ret[static HASH_SIZE], bool *ret_whole,
		     struct error *err) MUST_CHECK;

#endif
