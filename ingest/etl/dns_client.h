/* SPDX-License-Identifier: Apache-2.0 */
#ifndef INGEST_ETL_DNS_CLIENT_H
#define INGEST_ETL_DNS_CLIENT_H

/*
 * What programs asked the resolver of Windows, as rows of `dns`: one a question (without
 * a server), and one for each server that it was sent to.
 */

#include "ingest/etl/packets.h"

enum { DNS_CLIENT_PENDING = 4096 /* questions without an answer yet; a later one may make room */ };

struct dns_client; /* opaque */

struct dns_client *dns_client_new(struct ingest *to, struct packets *packets);
void dns_client_free(struct dns_client *d); /* NULL-safe */

/* `ret_row`: the row that it made; 0: it told more of one that is there, or nothing. */
enum status dns_client_note(struct dns_client *d, const struct dns_event *e, int64_t time_ns, uint64_t number,
			    int64_t *ret_row, struct error *err) MUST_CHECK;

#endif
