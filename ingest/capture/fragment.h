/* SPDX-License-Identifier: Apache-2.0 */
#ifndef INGEST_CAPTURE_FRAGMENT_H
#define INGEST_CAPTURE_FRAGMENT_H

/*
 * Datagrams that IP took apart (RFC 791, section 3.2; RFC 8200, section 4.5), until
 * they are whole. Of bytes that come twice the first ones count.
 */

#include "ingest/capture/packet.h"

enum {
	DATAGRAMS_MAX = 64, /* at a time */
	DATAGRAM_BYTES_MAX = 65535,
};

struct datagram; /* opaque */
struct fragments;

struct fragments *fragments_new(void);
void fragments_free(struct fragments *t); /* NULL-safe */

/* The one that `p` is a piece of; NULL where there is none yet. */
struct datagram *fragments_find(struct fragments *t, const struct packet *p);

/* Is it too old for `p` to belong to it? */
bool datagram_is_stale(const struct datagram *d, const struct packet *p);

/* The one that waits longest; NULL where none waits. */
struct datagram *fragments_oldest(struct fragments *t);
bool fragments_full(const struct fragments *t);

/* A new one for that piece; the table must not be full. */
struct datagram *fragments_begin(struct fragments *t, const struct packet *p);

/* Adds the piece. NULL, or what is wrong with it (a constant). */
const char *datagram_add(struct datagram *d, const struct packet *p, struct slice bytes);

bool datagram_is_whole(const struct datagram *d);

/* As a packet: what was put together, or, of one that is not whole, the part up to
 * the first gap. The datagram waits no longer; its bytes and its frame stay until it
 * is released. */
void fragments_take(struct fragments *t, struct datagram *d, struct packet *ret_packet,
		    struct cursor *ret_bytes);

/* Forgets a datagram that was begun or is whole. */
void fragments_drop(struct fragments *t, struct datagram *d);

/* All that were taken. */
void fragments_release(struct fragments *t);

#endif
