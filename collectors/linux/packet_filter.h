/* SPDX-License-Identifier: Apache-2.0 */
#ifndef COLLECTORS_LINUX_PACKET_FILTER_H
#define COLLECTORS_LINUX_PACKET_FILTER_H

/*
 * What the kernel is asked to hand over on a packet socket, as programs of classic
 * BPF: what it does not copy costs no room in the ring and no time.
 */

#include "core/error.h"

/* Every packet once, and no more of it than `snaplen` bytes from its IP header on.
 * A packet over the loopback passes twice, on its way out and on its way in, and
 * only the second is handed over: so the kernel's counters count packets, lost ones
 * too. What libpcap attaches by itself is replaced. */
enum status packet_filter_once(int fd, unsigned snaplen, struct error *err) MUST_CHECK;

/* No packet from now on; those in the ring stay. */
enum status packet_filter_none(int fd, struct error *err) MUST_CHECK;

#endif
