/* SPDX-License-Identifier: Apache-2.0 */
#ifndef INGEST_FEEDER_H
#define INGEST_FEEDER_H

/*
 * A thread that reads a file once from front to end, hashes it, and puts it into a
 * ring for the process that decodes it. When that process wants no more, the rest is
 * read and hashed all the same: size and hash are those of the whole file.
 */

#include "core/hash.h"
#include "ingest/ring.h"

struct feeder; /* opaque */

/* `fd` and `socket` stay the caller's and must outlive it. */
enum status feeder_start(int fd, const char *name, const struct ring *ring, int socket,
			 struct feeder **ret, struct error *err) MUST_CHECK;

/* The same of a file that grows: its end is no end, until feeder_end(). */
enum status feeder_start_growing(int fd, const char *name, const struct ring *ring, int socket,
				 struct feeder **ret, struct error *err) MUST_CHECK;

/* The file has grown to its end: what is there now is read, and no more is waited for. */
void feeder_end(struct feeder *f);

/* Bytes read so far. */
uint64_t feeder_size(const struct feeder *f);

/* Reads no further: whoever asked for it gave up. */
void feeder_stop(struct feeder *f);

/* Waits for the end, frees, and tells size and SHA-256 of the file. */
enum status feeder_finish(struct feeder *f, uint64_t *ret_size,
			  unsigned char ret_digest[static HASH_SIZE], struct error *err) MUST_CHECK;

#endif
