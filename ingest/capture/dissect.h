/* SPDX-License-Identifier: Apache-2.0 */
#ifndef INGEST_CAPTURE_DISSECT_H
#define INGEST_CAPTURE_DISSECT_H

/*
 * The state of reading one capture, shared by the files that turn its packets into
 * rows: dissect.c (packets into flows), names.c (what is said above TCP and UDP),
 * dns_rows.c. Memory grows up to the maxima below, never with the file.
 */

#include "ingest/capture/dns.h"
#include "ingest/capture/hosts.h"
#include "ingest/capture/stream.h"
#include "ingest/capture/tls.h"
#include "ingest/reader.h"

enum {
	FRAGMENTS = 256, /* datagrams whose later fragments are waited for */
	QUERIES = 8192,  /* DNS queries without a response yet */
	NAMED = 2048,    /* addresses that a DNS response named */
	NAMED_TEXT_MAX = 256,
	ANSWERS_TEXT_MAX = 1 << 18,
	DETAIL_MAX = 512,
};

/* Tables that may forget: an entry stands at the place that its hash gives, and
 * goes when another one comes there. */
struct fragment {
	int64_t flow;    /* id; 0: none */
	struct flow *at; /* another one by now where its id differs */
	unsigned side;
	uint32_t id;
};

struct pending {
	uint64_t key; /* 0: none */
	int64_t row;  /* dns(id) */
};

struct named {
	struct address address;
	char name[NAMED_TEXT_MAX];
};

struct dissect {
	struct ingest *to;
	struct flow_table *flows;
	struct streams *streams;
	struct hosts *hosts;
	int64_t next_flow;
	bool loopback_out; /* a packet was seen on its way out over loopback */
	struct fragment fragments[FRAGMENTS];
	struct pending queries[QUERIES];
	struct named named[NAMED];
	struct dns_name name, scratch, first; /* of the message at hand */
	struct dns_record record;
	struct text answers, detail; /* cleared and used again */
	unsigned char hello[TLS_HELLO_MAX];
};

enum status dissect_new(struct ingest *to, struct dissect **ret, struct error *err) MUST_CHECK;
void dissect_free(struct dissect *d); /* NULL-safe */

/* One packet. */
enum status dissect_packet(struct dissect *d, const struct frame *frame,
			   struct error *err) MUST_CHECK;

/* Writes the flows that are still open. */
enum status dissect_end(struct dissect *d, struct error *err) MUST_CHECK;

/* The row of a flow. */
enum status flow_write(struct dissect *d, const struct flow *f, struct error *err) MUST_CHECK;

/* "out", "in", "local", or NULL where nothing tells. */
const char *flow_direction(const struct dissect *d, const struct flow *f);

/* Was it sent by the side that was asked? Only as good as one packet can tell. */
bool names_is_reply(const struct packet *p);

/* What new payload says: names, queries. */
enum status names_read(struct dissect *d, struct flow *f, unsigned side, const struct packet *p,
		       const struct fresh *fresh, struct error *err) MUST_CHECK;

/* A row of `name`; `how` is a constant. The same name twice in a row is one row. */
enum status names_add(struct dissect *d, struct flow *f, const struct packet *p, struct slice name,
		      const char *how, const char *detail, struct error *err) MUST_CHECK;

/* Rows of one DNS message. */
enum status dns_rows(struct dissect *d, struct flow *f, const struct packet *p,
		     struct slice message, const char *transport, struct error *err) MUST_CHECK;

/* The name that a DNS response gave to the address a flow goes to, where there was
 * one, as a row of `name`. */
enum status dns_rows_named(struct dissect *d, struct flow *f, const struct packet *p,
			   struct error *err) MUST_CHECK;

#endif
