/* SPDX-License-Identifier: Apache-2.0 */
#ifndef REPORT_VERIFY_SOURCE_H
#define REPORT_VERIFY_SOURCE_H

/*
 * Where verifying reads from: a folder, or a bundle that is not unpacked for it. Paths are
 * those within it.
 */

#include "core/file.h"
#include "report/seal_chain.h"
#include "report/zip.h"

struct verify_source {
	int fd;         /* not owned: the folder, or the archive */
	bool archive;
	struct zip zip; /* of an archive */
	size_t top;     /* bytes of the folder's name in front of each path of it, '/' included */
};

struct verify_source verify_source_folder(int fd);

/* ERR_MALFORMED where it is no bundle as we write them: zip_read(), or its files do not lie
 * in one folder. */
enum status verify_source_archive(int fd, struct arena *arena, struct verify_source *ret, struct error *err) MUST_CHECK;

/* As file_list(). */
enum status verify_source_list(const struct verify_source *s, struct arena *arena, struct file_entry **ret,
			       size_t *ret_count, struct error *err) MUST_CHECK;

bool verify_source_has(const struct verify_source *s, const char *path);

/* As file_read(). */
enum status verify_source_read(const struct verify_source *s, const char *path, size_t max, struct text *ret,
			       struct error *err) MUST_CHECK;

/* ERR_MALFORMED where an archive has another checksum of it. */
enum status verify_source_hash(const struct verify_source *s, const char *path, unsigned char ret[static HASH_SIZE],
			       uint64_t *ret_size, struct error *err) MUST_CHECK;

/* Writes a file of it to `to`. */
enum status verify_source_copy(const struct verify_source *s, const char *path, int to, struct error *err) MUST_CHECK;

/* Where the bytes of a file lie: from `ret_at` on, `ret_size` of them, in a descriptor that the
 * caller closes. */
enum status verify_source_open(const struct verify_source *s, const char *path, int *ret_fd, uint64_t *ret_at,
			       uint64_t *ret_size, struct error *err) MUST_CHECK;

/* The chain of the evidence log, wherever it lies; `ret->present` is false where it is not. */
enum status verify_source_chain(const struct verify_source *s, struct seal_chain *ret, struct error *err) MUST_CHECK;

#endif
