/* SPDX-License-Identifier: Apache-2.0 */
#ifndef INGEST_ETL_DECODE_EVENT_H
#define INGEST_ETL_DECODE_EVENT_H

/*
 * Payloads of events into records. Nothing is allocated, nothing is kept: the same for
 * a file and for a live session.
 */

#include "ingest/etl/connection.h"
#include "ingest/etl/event.h"

/* What an event was good for. */
enum use {
	USE_ROW,       /* it became a row, or a part of one */
	USE_NONE,      /* understood, and tells nothing that is kept */
	USE_OTHER,     /* of a kind that is not read */
	USE_MALFORMED, /* of one that is, but not as it should be */
};

/* Of the kernel's groups TCP and UDP, and of Microsoft-Windows-Kernel-Network; time and
 * number are the caller's. */
enum use network_event(const struct event *e, struct connection_event *ret);

/* Of Microsoft-Windows-TCPIP, likewise. */
enum use tcpip_event(const struct event *e, struct connection_event *ret);

/* Of Microsoft-Windows-WFP, likewise. */
struct wfp_event {
	struct connection_event connection;
	char program[CONNECTION_PROGRAM_MAX];
};
enum use wfp_event(const struct event *e, struct wfp_event *ret);

/* Of the kernel's groups process and image, and of Microsoft-Windows-Kernel-Process. */
struct process_event {
	bool image; /* one was loaded into it */
	struct process_told told;
	char name[PROCESS_EXE_MAX];
};
enum use process_event(const struct event *e, struct process_event *ret);

/* Of Microsoft-Windows-DNS-Client. */
enum {
	DNS_EVENT_NAME_MAX = 1024,
	DNS_EVENT_RESULTS_MAX = 8192,
};
enum dns_event_moment {
	DNS_EVENT_ASKED,    /* by a program */
	DNS_EVENT_SENT,     /* to a server */
	DNS_EVENT_ANSWERED, /* by a server */
	DNS_EVENT_FOUND,    /* in what is known already, or among what servers said */
	DNS_EVENT_DONE,     /* the program has it */
};
struct dns_event {
	enum dns_event_moment moment;
	unsigned type;
	uint32_t status;
	bool has_status;
	char name[DNS_EVENT_NAME_MAX];
	char server[64];
	char results[DNS_EVENT_RESULTS_MAX]; /* "192.0.2.1;type: 5 example.net;…" */
};
enum use dns_event(const struct event *e, struct dns_event *ret);

/* Of Microsoft-Windows-NDIS-PacketCapture and -PktMon. */
enum packet_event_link { PACKET_ETHERNET, PACKET_WIRELESS, PACKET_IP };
struct packet_event {
	bool first, last; /* fragment of a packet */
	bool in, out;
	enum packet_event_link link;
	uint32_t interface;
	size_t original; /* bytes on the wire; 0: as many as there are */
	struct slice bytes;
};
enum use ndis_event(const struct event *e, struct packet_event *ret);
enum use pktmon_event(const struct event *e, struct packet_event *ret);

#endif
