/* SPDX-License-Identifier: Apache-2.0 */
#ifndef INGEST_CAPTURE_JA4_H
#define INGEST_CAPTURE_JA4_H

/*
 * JA4, the fingerprint of a TLS client: which ciphers, extensions and signature
 * algorithms its ClientHello offers, whatever their order.
 */

#include "ingest/capture/tls.h"

enum { JA4_TEXT_MAX = 40 };

/* `transport`: 't' for TCP, 'q' for QUIC, 'd' for DTLS. False, and an empty string,
 * where the hello offers more than is sorted. */
bool ja4_of(const struct tls_hello *h, char transport, char ret[static JA4_TEXT_MAX]);

#endif
