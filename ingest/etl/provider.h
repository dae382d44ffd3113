/* SPDX-License-Identifier: Apache-2.0 */
#ifndef INGEST_ETL_PROVIDER_H
#define INGEST_ETL_PROVIDER_H

/*
 * Who writes events, and which of them are read here.
 */

#include "ingest/etl/event.h"

enum {
	PROVIDER_NAME_MAX = 96,
	GUID_TEXT_MAX = 40,
};

enum provider_id {
	PROVIDER_OTHER,
	PROVIDER_KERNEL,         /* the groups of the system's own logger */
	PROVIDER_KERNEL_NETWORK,
	PROVIDER_KERNEL_PROCESS,
	PROVIDER_TCPIP,
	PROVIDER_DNS_CLIENT,
	PROVIDER_NDIS_CAPTURE,
	PROVIDER_PKTMON,
	PROVIDER_WFP,
};

/* Who wrote an event; a classic event of a kernel group is made one of that group. */
enum provider_id provider_of(struct event *e);

/* "Microsoft-Windows-DNS-Client", "the kernel (disk)", or the GUID. */
void provider_name(const struct event *e, char ret[static PROVIDER_NAME_MAX]);

/* "{7dd42a49-5329-4832-8dfd-43d979153a88}" of GUID_SIZE bytes as they stand. */
void guid_text(struct slice guid, char ret[static GUID_TEXT_MAX]);

/* The same backwards, of text without its braces. False where it is none. */
bool guid_parse(struct slice text, unsigned char ret[static GUID_SIZE]);

#endif
