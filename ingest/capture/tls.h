/* SPDX-License-Identifier: Apache-2.0 */
#ifndef INGEST_CAPTURE_TLS_H
#define INGEST_CAPTURE_TLS_H

/*
 * The ClientHello of TLS and DTLS: whom the client asks for, and how.
 */

#include "core/text.h"

enum {
	TLS_HELLO_MAX = 1 << 16, /* of a ClientHello in all */
	TLS_DTLS_DRAFT = 0x0100, /* what OpenSSL and VPNs spoke before RFC 4347 */
};

enum tls_result {
	TLS_NOT,  /* this does not begin a ClientHello */
	TLS_MORE, /* it does, and is not all there; what is there is filled in */
	TLS_HELLO,
	TLS_BROKEN, /* it breaks its own format, or is too long */
};

/* The slices point into what was read. */
struct tls_hello {
	struct slice name;    /* server_name; empty where it was not sent */
	struct slice alpn;    /* the list as it stands */
	struct slice ciphers; /* likewise, 16 bits each */
	struct slice extensions;
	struct slice signatures; /* the list of signature_algorithms */
	uint16_t version;        /* the highest offered, e.g. 0x0304 */
	bool whole;              /* all of it was there, and understood */
	bool has_name;           /* the extension is there, whatever it holds */
	bool encrypted;          /* holds an encrypted ClientHello: the name is the outer one */
	bool encrypted_name;     /* the drafts before it: the name alone is encrypted */
};

/* `stream`: what one side sent, from the start of a record. `buffer` (TLS_HELLO_MAX
 * bytes) is used where the message is split over records; the result points into
 * it or into the stream. */
enum tls_result tls_client_hello(struct slice stream, unsigned char *buffer, struct tls_hello *ret);

/* The message itself, without records around it (QUIC carries it like that). */
enum tls_result tls_hello_message(struct slice message, struct tls_hello *ret);

/* The hello of SSL 2.0, in which clients up to about 2010 offered TLS as well; it
 * has room for no name. TLS_HELLO or TLS_NOT. */
enum tls_result tls_old_hello(struct slice stream, struct tls_hello *ret);

/* A piece of a ClientHello in a DTLS datagram. */
struct tls_piece {
	size_t offset, size; /* of the whole message's body */
	struct slice bytes;
};

/* The next piece of the datagram; false at its end or where something else is. */
bool tls_datagram(struct cursor *datagram, struct tls_piece *ret);

/* The body of a ClientHello of DTLS. */
enum tls_result tls_datagram_hello(struct slice body, struct tls_hello *ret);

/* RFC 8701: values 0a0a, 1a1a, … are sent to be ignored. */
bool tls_is_grease(uint16_t value);

/* Does the list of ALPN names hold this one? */
bool tls_offers(const struct tls_hello *h, const char *alpn);

/* "TLS 1.3, alpn h2 http/1.1, ja4 t13d…"; `transport` as in ja4.h. */
void tls_detail(const struct tls_hello *h, char transport, struct text *out);

#endif
