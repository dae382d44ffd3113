/* SPDX-License-Identifier: Apache-2.0 */
#ifndef INGEST_DESCRIBED_FIELDS_H
#define INGEST_DESCRIBED_FIELDS_H

/*
 * What a rule found, as an entry of a log.
 */

#include "ingest/described.h"

enum app_kind described_finish(const struct description *d, const struct rule *rule, struct found *f,
			       struct app_line *ret);

/* "https://name:8443/path" into name and port (of the scheme, where none is told). */
bool described_url(struct slice url, struct slice *ret_host, uint64_t *ret_port);

#endif
