/* SPDX-License-Identifier: Apache-2.0 */
#ifndef REPORT_SEAL_CHAIN_H
#define REPORT_SEAL_CHAIN_H

/*
 * What the checkpoint chain of an evidence log says of it, read from the file as
 * it streams by.
 */

#include "core/chain.h"

#define SEAL_EVIDENCE "evidence.ndjson"
#define SEAL_EVIDENCE_RAW "raw/evidence.ndjson" /* in a bundle */
#define SEAL_BENCHMARK "bench/run.ndjson"       /* also where nothing was watched */

struct seal_chain {
	bool present; /* false: the folder has no evidence log; then all else is 0 */
	const char *path; /* where it lies: one of the two above */
	bool closed;
	uint64_t bytes, records;
	uint64_t sealed_bytes; /* up to and with the last good checkpoint */
	uint64_t checkpoints;
	const char *problem; /* NULL, or why the chain does not hold (a constant) */
	uint64_t problem_record;

	/* the last good checkpoint, to be checked by hand; 0 where there is none */
	uint64_t last_record, key_record;     /* its line, and the line that names its key */
	uint64_t last_bytes;		      /* what stands before it … */
	unsigned char last_digest[HASH_SIZE]; /* … and the SHA-256 of that */
	int64_t last_wall_ns;
};

/* Fails where the log cannot be read; a broken chain is a result. */
enum status seal_chain_read(int folder_fd, struct seal_chain *ret, struct error *err) MUST_CHECK;

/* The same of the log that lies at `at` in a file, `size` bytes long; `path` is kept. */
enum status seal_chain_read_part(int fd, uint64_t at, uint64_t size, const char *path, struct seal_chain *ret,
				 struct error *err) MUST_CHECK;

#endif
