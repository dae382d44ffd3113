/* SPDX-License-Identifier: Apache-2.0 */
#ifndef CLI_PROBE_MESSAGE_H
#define CLI_PROBE_MESSAGE_H

/*
 * What a probe sends. Each message carries the token, by which the sink, or whoever reads
 * its log, knows that it arrived.
 */

#include "cli/probe_target.h"
#include "core/text.h"

enum { PROBE_MESSAGE_MAX = 2048 };

/* "airgap-verify challenge TOKEN", a line: TCP, UDP, ICMP, raw. */
void probe_line(const char *token, struct text *ret);

/* RFC 1035, 4.1: a question for the A record of TOKEN.NAME; with its length in front
 * over TCP (4.2.2). */
void probe_question(const char *token, const char *name, bool tcp, struct text *ret);

/* RFC 8446, 4.1.2: a ClientHello for TOKEN.NAME that offers `alpn`. */
void probe_hello(const char *token, const char *name, const char *alpn, struct text *ret);

/* RFC 9000, 17.2.2: a datagram of 1200 bytes that looks like an Initial packet, with the
 * token where an Initial has one. Nothing is encrypted in it. */
void probe_initial(const char *token, struct text *ret);

/* RFC 9110, 9.3.6: CONNECT. */
void probe_connect(const struct address *to, unsigned port, struct text *ret);

/* RFC 792 and RFC 4443, 4.1: an echo request with the line in it. */
void probe_echo(const char *token, enum address_family family, struct text *ret);

#endif
