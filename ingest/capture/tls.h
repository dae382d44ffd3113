/* SPDX-License-Identifier: Apache-2.0 */
#ifndef INGEST_CAPTURE_TLS_H
#define INGEST_CAPTURE_TLS_H

/*
 * The ClientHello of TLS: whom the client asks for.
 */

#include "core/text.h"

enum {
	TLS_HELLO_MAX = 1 << 16, /* of a ClientHello in all */
};

enum tls_result {
	TLS_NOT,  /* this does not begin a ClientHello */
	TLS_MORE, /* it does, and is not all there */
	TLS_HELLO,
	TLS_BROKEN, /* it breaks its own format, or is too long */
};

struct tls_hello {
	struct slice name; /* server_name; empty where it was not sent */
	struct slice alpn; /* the list as it stands */
	uint16_t version;  /* the highest offered, e.g. 0x0304 */
	bool encrypted;    /* holds an encrypted ClientHello: the name is the outer one */
};

/* `stream`: what one side sent, from the start of a record. `buffer` (TLS_HELLO_MAX
 * bytes) is used where the message is split over records; the result points into
 * it or into the stream. */
enum tls_result tls_client_hello(struct slice stream, unsigned char *buffer, struct tls_hello *ret);

/* The message itself, without records around it (QUIC carries it like that). */
enum tls_result tls_hello_message(struct slice message, struct tls_hello *ret);

/* "TLS 1.3, alpn h2 http/1.1" */
void tls_detail(const struct tls_hello *h, struct text *out);

#endif
