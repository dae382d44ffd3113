/* SPDX-License-Identifier: Apache-2.0 */
#ifndef CLI_SNAPSHOT_ROWS_H
#define CLI_SNAPSHOT_ROWS_H

/*
 * The sockets of one look, as `airgap-collect snapshot` tells them.
 */

#include "core/address.h"
#include "core/arena.h"
#include "core/error.h"

enum {
	SNAPSHOT_ROWS_MAX = 200000,
	SNAPSHOT_LINE_MAX = 64 << 10, /* bytes of one record */
	SNAPSHOT_WORD_MAX = 16,
};

enum snapshot_kind {
	SNAPSHOT_LISTENER,   /* takes what comes: a TCP listener, a socket without a peer */
	SNAPSHOT_CONNECTION,
	SNAPSHOT_OTHER,      /* neither bound nor connected */
};

/* From where a listener can be reached. */
enum snapshot_reach { SNAPSHOT_EVERYWHERE, SNAPSHOT_ADDRESS, SNAPSHOT_LOOPBACK };

struct snapshot_row {
	char proto[SNAPSHOT_WORD_MAX], state[SNAPSHOT_WORD_MAX];
	struct address local, remote;
	unsigned lport, rport;
	uint64_t uid, pid, holders;  /* pid 0: not known who holds it */
	const char *comm, *exe;      /* owned by the arena; "" where that is hidden */
	enum snapshot_kind kind;
	enum snapshot_reach reach;   /* of a listener */
	enum address_class class;    /* of the peer of a connection */
};

struct snapshot_rows {
	struct snapshot_row *at; /* owned; listeners first, then connections that leave */
	size_t count, counts[3]; /* all, and by kind */
	struct arena *arena;     /* owned */
	uint64_t skipped;        /* records that could not be read */
	bool whole;              /* did the last record say so? then: */
	int64_t time_ns;
	uint64_t left_out, tables_failed, processes, hidden;
};

/* Reads all records; sorts them, so that the same sockets give the same order. What cannot
 * be read is counted. ERR_LIMIT past the maxima. */
enum status snapshot_rows_read(struct slice text, struct snapshot_rows *ret, struct error *err) MUST_CHECK;
void snapshot_rows_free(struct snapshot_rows *r);

#endif
