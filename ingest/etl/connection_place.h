/* SPDX-License-Identifier: Apache-2.0 */
#ifndef INGEST_ETL_CONNECTION_PLACE_H
#define INGEST_ETL_CONNECTION_PLACE_H

/*
 * How connections are kept until they become rows, shared by the two files that do that.
 */

#include "ingest/etl/connection.h"

enum {
	CONNECTION_BUCKETS = 4096,
	CONNECTION_NONE = 0, /* places are counted from 1 in chains */
};

/* Compared and hashed as bytes: no padding. */
struct connection_key {
	unsigned char local[16], remote[16];
	uint16_t lport, rport;
	uint8_t udp, origin, family, other;
	uint32_t pid;
};

struct connection_place {
	struct connection_key key;
	bool used, connected, established, accepted, sent, received, closed, failed, denied;
	uint32_t next, error;
	int64_t first_ns;
	int64_t holder;  /* of a live stream: the process that had the number then; 0: not known */
	bool member;     /* and it was the session's */
	uint64_t number, bytes_out, bytes_in;
	char program[CONNECTION_PROGRAM_MAX];
};

struct connections {
	struct ingest *to; /* not owned, as the next */
	struct process_table *processes;
	const struct live *live;
	int64_t *next_id;
	uint32_t hand; /* the place that is used next */
	uint32_t chains[CONNECTION_BUCKETS];
	struct connection_place places[CONNECTIONS_MAX];
};

/* The place of these ends and that process; NULL: there is none. */
struct connection_place *connection_find(struct connections *c, const struct connection_key *k);

/* The row of one, unless it needs none. */
enum status connection_write(struct connections *c, const struct connection_place *p, struct error *err) MUST_CHECK;

#endif
