/* SPDX-License-Identifier: Apache-2.0 */
#ifndef INGEST_CAPTURE_FILES_H
#define INGEST_CAPTURE_FILES_H

/*
 * The files of a session's capture (core/capture_name.h), one behind the other, as the
 * feeder reads them: in the order of their numbers, whether or not one is missing.
 */

#include "core/capture_name.h"
#include "ingest/feeder.h"

struct capture_part {
	unsigned number;
	char name[CAPTURE_NAME_MAX];
	uint64_t size; /* this and the hash once it was read to its end */
	unsigned char sha256[HASH_SIZE];
};

struct capture_files {
	int folder; /* not owned */
	size_t opened, ended; /* how many were */
	struct capture_part parts[CAPTURE_FILES_MAX];
};

/* Opens the first one that is there; -1: none is. */
enum status capture_files_open(struct capture_files *c, int *ret_fd, struct error *err) MUST_CHECK;

/* The same where capture.pcapng was opened by whoever asks. */
void capture_files_opened(struct capture_files *c);

/* How the feeder goes on from there; `c` must outlive it. One that follows while the one
 * before it may grow must hold something: it is begun when that is whole. */
struct feeder_more capture_files_more(struct capture_files *c);

#endif
