/* SPDX-License-Identifier: Apache-2.0 */
#ifndef INGEST_CAPTURE_NAMES_H
#define INGEST_CAPTURE_NAMES_H

/*
 * Shared by the files that read what stands above TCP and UDP: names.c (what to do
 * with what was found), names_tcp.c, names_udp.c, dns_rows.c.
 */

#include "ingest/capture/dissect.h"

/* One side of a flow at the moment of a packet. */
struct talk {
	struct dissect *d;
	struct flow *f;
	unsigned side;
	const struct packet *p; /* made up where none is left: see names_end() */
	bool cut;               /* what follows is not there */
};

static inline struct flow_side *names_side(const struct talk *t)
{
	return &t->f->sides[t->side];
}

/* What is read next of a side (flow_side.phase). */
enum phase { PHASE_OPEN, PHASE_REQUESTS, PHASE_DNS, PHASE_SOCKS, PHASE_DONE };

/* What a reader made of the bytes it was shown. */
struct taken {
	size_t used;
	bool more; /* the rest waits for the next segment */
	enum status status;
	struct error *err;
};

/* Message by message, from the front of `data`. */
void names_messages(struct talk *t, struct slice data, struct taken *ret);

enum status names_tcp(struct talk *t, struct error *err) MUST_CHECK;
enum status names_udp(struct talk *t, struct error *err) MUST_CHECK;

/* What waits of a TCP side is read as far as it goes, and what is missing counted. */
enum status names_tcp_flush(struct talk *t, struct error *err) MUST_CHECK;

enum status names_udp_flush(struct talk *t, struct error *err) MUST_CHECK;

/* Counts what could not be read. */
enum status names_skip(struct talk *t, const char *reason, struct error *err) MUST_CHECK;

/* A row of `name`, where there is one; `how` is a constant. The same name twice in a row is
 * one row. */
enum status names_add(struct talk *t, struct slice name, const char *how, const char *detail,
		      struct error *err) MUST_CHECK;

/* What a ClientHello says; `transport` as in ja4.h. */
enum status names_hello(struct talk *t, const struct tls_hello *h, char transport,
			struct error *err) MUST_CHECK;

/* "mdns", …: by the ports; NULL where neither is one of a name service. */
const char *names_service(const struct packet *p);

/* Rows of one DNS message. */
enum status dns_rows(struct talk *t, struct slice message, const char *transport,
		     struct error *err) MUST_CHECK;

/* A row for lookups that nobody can read: over TLS, HTTPS or QUIC. One a flow. */
enum status dns_rows_hidden(struct talk *t, const char *transport, struct error *err) MUST_CHECK;

#endif
