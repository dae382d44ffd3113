/* SPDX-License-Identifier: Apache-2.0 */
#ifndef INGEST_CAPTURE_QUIC_H
#define INGEST_CAPTURE_QUIC_H

/*
 * QUIC as far as anybody on the way can read it: the headers of long packets, and
 * what a client's Initial packets carry, whose keys follow from their own header.
 */

#include "core/cursor.h"

enum { QUIC_ID_MAX = 20 };

enum quic_type { QUIC_INITIAL, QUIC_ZERO_RTT, QUIC_HANDSHAKE, QUIC_RETRY, QUIC_NEGOTIATION };

/* How the first bytes of a connection can be read. */
enum quic_how {
	QUIC_UNKNOWN, /* a version without published keys */
	QUIC_TLS,     /* CRYPTO frames hold a ClientHello */
	QUIC_CHLO,    /* Google's own handshake, encrypted */
	QUIC_PLAIN,   /* likewise, in the clear */
};

struct quic_packet {
	uint32_t version;
	enum quic_how how;
	enum quic_type type;
	struct slice destination, source; /* connection identifiers */
	struct slice bytes;               /* from the first byte on, to the packet's end */
	size_t number_at;                 /* of the packet number in them */
	bool cut;                         /* its end was not captured */
};

/* A version that nobody has, sent to make a server tell which it has (RFC 9000, section
 * 15): ?a?a?a?a. The Initial in it is protected as in version 1. */
static inline bool quic_is_reserved(uint32_t version)
{
	return (version & 0x0f0f0f0f) == 0x0a0a0a0a;
}

/* The next long packet of a datagram. False where there is none (any more). */
bool quic_packet(struct cursor *datagram, struct quic_packet *ret);

/* Keys of the last connections, and room to decrypt one packet. */
struct quic; /* opaque */

struct quic *quic_new(void);
void quic_free(struct quic *q); /* NULL-safe */

/* What a client's Initial carries, valid until the next call. `flow` names the
 * connection. False where the keys do not fit: it is no client's, or damaged. */
bool quic_open(struct quic *q, int64_t flow, const struct quic_packet *p, struct slice *ret);

/* Were keys found for the flow before, from this identifier? */
bool quic_knows(const struct quic *q, int64_t flow, struct slice destination);

/* The next CRYPTO frame of what was opened. False at the end; `ret_problem` (a
 * constant, or NULL) tells where a frame stands that is not known. */
struct quic_crypto {
	uint64_t offset;
	struct slice bytes;
};

bool quic_crypto(struct cursor *payload, struct quic_crypto *ret, const char **ret_problem);

/* The server's name in Google's handshake message, which begins with "CHLO"
 * somewhere in `payload`; empty where none is there. */
bool quic_google_name(struct slice payload, struct slice *ret);

#endif
