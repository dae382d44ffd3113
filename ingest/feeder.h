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

/* Files that follow the first one, which are read as if all were one. Called on the
 * thread. */
struct feeder_more {
	void *to;
	/* Opens the next one, which the feeder owns from then on, and tells its name for
	 * messages; -1: there is none, or none yet. `growing`: the one before it may still
	 * grow; only one that shows that it does not counts as there. */
	enum status (*next)(void *to, bool growing, int *ret_fd, const char **ret_name, struct error *err);
	/* One of them, the first one included, was read to its end. */
	void (*ended)(void *to, uint64_t size, const unsigned char digest[static HASH_SIZE]);
};

struct feeder_file {
	int fd;           /* the caller's, and must outlive the feeder */
	const char *name; /* for messages; likewise */
	bool growing;     /* its end is no end, until feeder_end() */
	const struct feeder_more *more; /* likewise; NULL: there is only this one */
};

/* `socket` stays the caller's and must outlive it. */
enum status feeder_start(const struct feeder_file *file, const struct ring *ring, int socket, struct feeder **ret,
			 struct error *err) MUST_CHECK;

/* The file has grown to its end: what is there now is read, and no more is waited for. */
void feeder_end(struct feeder *f);

/* Bytes read so far. */
uint64_t feeder_size(const struct feeder *f);

/* Reads no further: whoever asked for it gave up. */
void feeder_stop(struct feeder *f);

/* Waits for the end, frees, and tells size and SHA-256 of the file; where others follow it,
 * the size of all and the hash of the last one. */
enum status feeder_finish(struct feeder *f, uint64_t *ret_size,
			  unsigned char ret_digest[static HASH_SIZE], struct error *err) MUST_CHECK;

#endif
