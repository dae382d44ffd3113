/* SPDX-License-Identifier: Apache-2.0 */
#ifndef CLI_LOG_PLACE_H
#define CLI_LOG_PLACE_H

/*
 * Where a log was left, found again after it was renamed, copied and emptied, or packed.
 * What tells a file is not its name and not its number, which are used again, but what
 * stands in front of the place: the hash of the last 4 KiB there.
 */

#include "cli/audit_state.h"

enum {
	LOG_PIECES_MAX = 32,      /* files that are read on from one audit to the next */
	LOG_NEIGHBOURS_MAX = 256, /* files beside a log that are looked at */
	LOG_TAIL = 4096,
};

enum log_trail {
	LOG_NEW,      /* nobody knows where it was left: all of it */
	LOG_FOLLOWED, /* it stands where it stood */
	LOG_ROTATED,  /* what is behind the place stands in other files too */
	LOG_GAP,      /* the place is nowhere: what stood behind it is lost, and all that is there is read */
	LOG_MISSING,  /* there is no such file */
};

extern const char *const log_trail_names[];

/* A file to be read from a byte on; of a packed one a byte of what it unpacks to. */
struct log_piece {
	char path[FILE_PATH_MAX];
	uint64_t from, size;
	bool packed;
};

/* The place at that byte of an open log. */
enum status log_place_take(int fd, uint64_t offset, struct log_place *ret, struct error *err) MUST_CHECK;

/* Which files hold what was written to `path` behind `place`, the oldest first; `place` NULL:
 * it was never read. A file that cannot be read is an error. */
enum status log_place_find(const char *path, const struct log_place *place, enum log_trail *ret_trail,
			   struct log_piece ret[static LOG_PIECES_MAX], size_t *ret_count, struct error *err) MUST_CHECK;

#endif
