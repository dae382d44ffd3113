/* SPDX-License-Identifier: Apache-2.0 */
#ifndef REPORT_HEAD_FILE_H
#define REPORT_HEAD_FILE_H

/*
 * What a second place was told of heads of evidence logs (core/head.h): the lines of
 * airgap-verify-heads.ndjson, or an export of the journal (journalctl -o export; "Journal Export
 * Formats" of systemd's documentation):
 *
 *   __CURSOR=…\n  …  AIRGAP_VERIFY_HEAD={…}\n  …  \n    an entry, a field a line, then an empty one
 *   MESSAGE\n 64 bits, little-endian: n \n n bytes \n    a field that may hold anything
 *
 * or the log of a register of a TPM (core/head_register.h), whose lines are followed meanwhile.
 *
 * Read piece by piece, for it may be as large as a journal is.
 */

#include "core/head_register.h"

enum {
	HEAD_TELLS_MAX = 1 << 20, /* of one session, as the reader is asked to keep them */
	HEAD_SESSIONS_MAX = 1 << 14,
	HEAD_PIECE_MAX = 1 << 16, /* bytes of a line of a journal; longer ones hold no head */
};

struct head_reader {
	bool begun, export;
	bool passing;	  /* the rest of a line that is too long */
	uint64_t skip;	  /* bytes of a field that may hold anything, the LF behind it included */
	uint64_t line;	  /* of the last one that was read: 1 = first; 0 in an export */
	uint64_t heads, unreadable;
	const char *why;  /* of the first one that could not be read (a constant); NULL */
	struct head_replay *replay; /* NULL: not followed; not owned */
};

/* `line` is where it stands, as above. */
typedef void head_fn(void *context, const struct head *h, uint64_t line);

/* Reads what is whole in `have` and returns how many bytes that was; what is left is to be
 * handed over again with more behind it, HEAD_PIECE_MAX bytes or more unless it is the end. */
size_t head_reader_feed(struct head_reader *r, struct slice have, bool at_end, head_fn *found, void *context);

/* One session of which heads were told. */
struct head_session {
	char id[HEAD_SESSION_MAX];
	int64_t from_ns, to_ns;
	bool ended;
	struct head last;   /* of the most bytes: it covers all that the others do */
	uint64_t last_line; /* where it stands */
};

/* A head of the session that was asked for, and where it stands. */
struct head_told {
	struct head head;
	uint64_t line;
};

struct head_file {
	struct head_reader reader;
	char session[HEAD_SESSION_MAX]; /* whose heads are kept */
	struct head_told *told;		/* owned; by their bytes */
	size_t told_count, told_room;
	struct head_session *others; /* owned; in the order in which they were told */
	size_t other_count;
	bool cut; /* there were more than are kept */
	struct head_replay replay; /* where it was followed */
};

/* Reads all of a file; `session` may be "": then there are only others. With `follow`, that many bytes of
 * it alone, and as the log of a register. */
enum status head_file_read(const char *path, const char *session, uint64_t follow, struct head_file *ret, struct error *err) MUST_CHECK;
void head_file_free(struct head_file *f); /* NULL-safe */

#endif
