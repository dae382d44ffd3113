/* SPDX-License-Identifier: Apache-2.0 */
#ifndef INGEST_CAPTURE_LINK_H
#define INGEST_CAPTURE_LINK_H

/*
 * The link layers among themselves: one may carry another. Each function reads its
 * header and what of the same packet stands behind it, down to the EtherType of the
 * network layer; it returns NULL, or why it could not (a constant).
 */

#include "ingest/capture/packet.h"

enum {
	LINK_ETHERNET = 1,
	LINK_PPP = 9,
	LINK_RAW = 101,
	LINK_FRAME_RELAY = 107,
	LINK_802_11 = 105,
	LINK_RADIOTAP = 127,
};

enum { LINK_NESTED_MAX = 8 };

extern const char LINK_CUT[], LINK_TOO_DEEP[];

/* What an EtherType, or a length below 0x600, announces: tags, labels and sessions
 * are taken off (link_type.c). */
const char *link_read_type(struct cursor *c, uint16_t type, struct packet *p);

const char *link_read_ethernet(struct cursor *c, struct packet *p);
const char *link_read_raw(struct cursor *c, struct packet *p);

/* An IEEE 802.2 header and, where it is SNAP, the EtherType in it. */
const char *link_read_llc(struct cursor *c, struct packet *p);

/* Serial lines (link_serial.c). */
const char *link_read_ppp(struct cursor *c, struct packet *p);
const char *link_read_ppp_direction(struct cursor *c, struct packet *p);
const char *link_read_chdlc(struct cursor *c, struct packet *p);
const char *link_read_frame_relay(struct cursor *c, struct packet *p);
const char *link_read_slip(struct cursor *c, struct packet *p);
const char *link_read_ppp_way(struct cursor *c, struct packet *p);
const char *link_read_chdlc_way(struct cursor *c, struct packet *p);
const char *link_read_frame_relay_way(struct cursor *c, struct packet *p);

/* Rings, buses, cells, tags (link_lan.c). */
const char *link_read_token_ring(struct cursor *c, struct packet *p);
const char *link_read_fddi(struct cursor *c, struct packet *p);
const char *link_read_fibre_channel(struct cursor *c, struct packet *p);
const char *link_read_firewire(struct cursor *c, struct packet *p);
const char *link_read_atm(struct cursor *c, struct packet *p);
const char *link_read_atm_clip(struct cursor *c, struct packet *p);
const char *link_read_sun_atm(struct cursor *c, struct packet *p);
const char *link_read_netanalyzer(struct cursor *c, struct packet *p);
const char *link_read_transparent(struct cursor *c, struct packet *p);
const char *link_read_mpacket(struct cursor *c, struct packet *p);
const char *link_read_tag4(struct cursor *c, struct packet *p);
const char *link_read_tag8(struct cursor *c, struct packet *p);
const char *link_read_vsock(struct cursor *c, struct packet *p);

/* Radio (link_radio.c). */
const char *link_read_80211(struct cursor *c, struct packet *p);
const char *link_read_radiotap(struct cursor *c, struct packet *p);
const char *link_read_ppi(struct cursor *c, struct packet *p);
const char *link_read_prism(struct cursor *c, struct packet *p);
const char *link_read_avs(struct cursor *c, struct packet *p);

/* What a packet filter or a kernel put in front (link_tap.c). */
const char *link_read_pktap(struct cursor *c, struct packet *p);
const char *link_read_pflog(struct cursor *c, struct packet *p);
const char *link_read_nflog(struct cursor *c, struct packet *p);
const char *link_read_enc(struct cursor *c, struct packet *p);
const char *link_read_ipnet(struct cursor *c, struct packet *p);

/* AF_INET is 2 everywhere; AF_INET6 is 10, 23, 24, 26, 28 or 30. 0: neither. */
uint16_t link_type_of_family(uint32_t family);

/* Takes what the frame ends with off the cursor. */
void link_drop_trailer(struct cursor *c, struct packet *p, size_t size);

#endif
