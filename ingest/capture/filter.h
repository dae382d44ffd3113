/* SPDX-License-Identifier: Apache-2.0 */
#ifndef INGEST_CAPTURE_FILTER_H
#define INGEST_CAPTURE_FILTER_H

/*
 * Which packets of a capture are read at all: an expression as tcpdump takes it
 * (pcap-filter(7)), compiled by libpcap for every link type that is known here.
 */

#include "ingest/capture/packet.h"

#include "core/error.h"

struct filter; /* opaque */

/* Compiles; ERR_USAGE where libpcap understands it for no link type. Services and
 * protocols are looked up in this machine's files; the caller sees to it that no host
 * name is asked for over a network. */
enum status filter_new(const char *expression, struct filter **ret, struct error *err) MUST_CHECK;
void filter_free(struct filter *f); /* NULL-safe */

/* Does it let that frame through? ERR_USAGE where it has no meaning for its link. */
enum status filter_passes(const struct filter *f, const struct frame *frame, bool *ret,
			  struct error *err) MUST_CHECK;

/* As it was given; owned by `f`. */
const char *filter_expression(const struct filter *f);

#endif
