/* SPDX-License-Identifier: Apache-2.0 */
#ifndef INGEST_CAPTURE_DISSECT_H
#define INGEST_CAPTURE_DISSECT_H

/*
 * The state of reading one capture, shared by the files that turn its packets into
 * rows: dissect.c (packets into flows), names.c (what is said above TCP and UDP),
 * dns_rows.c. Memory grows up to the maxima below, never with the file.
 */

#include "ingest/capture/dns.h"
#include "ingest/capture/fragment.h"
#include "ingest/capture/hosts.h"
#include "ingest/capture/quic.h"
#include "ingest/capture/known.h"
#include "ingest/capture/own.h"
#include "ingest/capture/stream.h"
#include "ingest/capture/strings.h"
#include "ingest/capture/tls.h"
#include "ingest/reader.h"

enum {
	QUERIES = 8192,  /* DNS queries without a response yet */
	NAMED = 2048,    /* addresses that a DNS response named */
	TABLE_WAYS = 4,  /* places for one hash in either table */
	NAMED_TEXT_MAX = 256,
	ANSWERS_TEXT_MAX = 1 << 18,
	DETAIL_MAX = 512,
};

/* Tables that may forget: an entry stands at one of the places that its hash gives,
 * and the one that stood there longest goes when another one comes. */
struct pending {
	uint64_t key; /* 0: none */
	int64_t row;  /* dns(id) */
};

struct named {
	struct address address;
	uint64_t since; /* in names */
	char name[NAMED_TEXT_MAX];
};

struct dissect {
	struct ingest *to;
	struct flow_table *flows;
	struct streams *streams;
	struct quic *quic;
	const struct hosts *hosts;
	struct own *own; /* NULL where others tell whose machine this is */
	struct strings *strings;
	struct known *known;
	struct fragments *fragments;
	int64_t next_flow, next_dns; /* ids */
	int64_t first_ns, last_ns; /* of all packets; 0: none had a time */
	uint64_t left_out; /* packets, by the filter */
	bool loopback_out; /* a packet was seen on its way out over loopback */
	struct pending queries[QUERIES];
	struct named named[NAMED];
	uint64_t names; /* put there so far */
	struct dns_name name, scratch, first; /* of the message at hand */
	struct dns_record record;
	struct text answers, detail; /* cleared and used again */
	unsigned char hello[TLS_HELLO_MAX];
};

struct dissect *dissect_new(struct ingest *to);
void dissect_free(struct dissect *d); /* NULL-safe */

/* One packet. */
enum status dissect_packet(struct dissect *d, const struct frame *frame,
			   struct error *err) MUST_CHECK;

/* A packet was taken at that time, whether or not it can be read. */
void dissect_seen(struct dissect *d, int64_t time_ns);

/* Writes the flows that are still open, and the time that the capture spans. */
enum status dissect_end(struct dissect *d, struct error *err) MUST_CHECK;

/* Counts what could not be read, with the packet as the example. */
enum status dissect_skip(struct dissect *d, const char *reason, const struct frame *frame,
			 struct error *err) MUST_CHECK;

/* A packet whose layers were read; `ret_id` is its flow. */
enum status dissect_into_flow(struct dissect *d, const struct packet *p, int64_t *ret_id,
			      struct error *err) MUST_CHECK;

/* A packet from its network layer on (layers.c). `problem`: NULL, or what the link
 * layer had to say. */
enum status layers_read(struct dissect *d, struct cursor *c, struct packet *p, const char *problem,
			struct error *err) MUST_CHECK;

/* Gives up what was never put together. */
enum status layers_end(struct dissect *d, struct error *err) MUST_CHECK;

/* The row of a flow. */
enum status flow_write(struct dissect *d, const struct flow *f, struct error *err) MUST_CHECK;

/* "out", "in", "local", or NULL where nothing tells. `ret_how`: what tells: "packets",
 * "addresses", "passing" (neither: the packets were for somebody else), or NULL. */
const char *flow_direction(const struct dissect *d, const struct flow *f, const char **ret_how);

/* Was the first packet of a flow sent by the side that was asked? */
bool direction_is_reply(const struct dissect *d, const struct packet *p);

/* As far as the protocol itself tells. */
bool names_is_reply(const struct packet *p);

/* What new payload says: names, queries. */
enum status names_read(struct dissect *d, struct flow *f, unsigned side, const struct packet *p,
		       struct error *err) MUST_CHECK;

/* What of it still waits for more, once no more of the flow will come. */
enum status names_end(struct dissect *d, struct flow *f, struct error *err) MUST_CHECK;

/* The name that a DNS response gave to the address a flow goes to, where there was
 * one, as a row of `name`. */
enum status dns_rows_named(struct dissect *d, struct flow *f, const struct packet *p,
			   struct error *err) MUST_CHECK;

#endif
