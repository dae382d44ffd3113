/* SPDX-License-Identifier: Apache-2.0 */
#ifndef INGEST_ETL_PACKETS_H
#define INGEST_ETL_PACKETS_H

/*
 * Packets of a trace on their way to the decoders of captures. A packet in fragments is
 * put together where they come one after the other on one processor.
 */

#include "ingest/capture/dissect.h"
#include "ingest/etl/decode_event.h"

enum {
	PACKETS_OPEN = 16, /* packets that wait for more, at a time */
	PACKET_MAX = 1 << 16,
};

struct packets; /* opaque */

struct packets *packets_new(struct ingest *to);
void packets_free(struct packets *p); /* NULL-safe */

enum status packets_note(struct packets *p, const struct packet_event *e, unsigned processor, int64_t time_ns,
			 uint64_t number, struct error *err) MUST_CHECK;
enum status packets_end(struct packets *p, struct error *err) MUST_CHECK;

/* The id of the next row of dns, taken: the decoders count them too. */
int64_t packets_dns_id(struct packets *p);

#endif
