/* SPDX-License-Identifier: Apache-2.0 */
#ifndef INGEST_ETL_CONNECTION_H
#define INGEST_ETL_CONNECTION_H

/*
 * What a process did between two ends: a trace tells every send and receive, of which
 * one row each is made, with the sum of the bytes.
 */

#include "core/address.h"
#include "ingest/etl/process_table.h"

enum {
	CONNECTION_PROGRAM_MAX = 64,
	CONNECTIONS_MAX = 8192, /* at a time; the one that began first makes room */
};

/* A stream that a session recorded while it ran; its rows are the session's where a
 * process of it did what they tell. A file that somebody brought is of no session. */
struct live {
	bool host;          /* every process counts as the session's */
	bool failures_told; /* by a provider that tells between which ends */
	uint32_t suite;     /* the process that recorded it: what it did are canaries; 0: not told */
};

enum connection_act {
	CONNECTION_CONNECTS,
	CONNECTION_ESTABLISHED, /* what was asked for before */
	CONNECTION_ACCEPTS,
	CONNECTION_SENDS,
	CONNECTION_RECEIVES,
	CONNECTION_CLOSES,
	CONNECTION_FAILS,
	CONNECTION_DENIED_OUT,
	CONNECTION_DENIED_IN,
	CONNECTION_IS, /* there; nothing new */
};

/* Kept apart by who tells: two providers tell the same. A table of sockets tells what is
 * there at a moment, and its row counts where no provider told of it. */
enum connection_origin { ORIGIN_KERNEL, ORIGIN_KERNEL_NETWORK, ORIGIN_TCPIP, ORIGIN_WFP, ORIGIN_TABLE };

struct connection_event {
	enum connection_origin origin;
	enum connection_act act;
	bool udp, other; /* neither TCP nor UDP, or not told */
	struct address local, remote;
	uint16_t lport, rport;
	uint64_t bytes;
	uint32_t pid; /* EVENT_NOBODY: not told */
	uint32_t error; /* CONNECTION_FAILS */
	const char *program; /* its name, where no pid is told; or NULL */
	int64_t time_ns;
	uint64_t number;
};

struct connections; /* opaque */

/* `next_id`: of rows of `attempt`, counted up; `live`: NULL for a file. Nothing is owned. */
struct connections *connections_new(struct ingest *to, struct process_table *processes, int64_t *next_id,
				    const struct live *live);
void connections_free(struct connections *c); /* NULL-safe */

enum status connections_note(struct connections *c, const struct connection_event *e, struct error *err) MUST_CHECK;

/* Rows of all that are left. */
enum status connections_write(struct connections *c, struct error *err) MUST_CHECK;

#endif
