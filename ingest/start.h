/* SPDX-License-Identifier: Apache-2.0 */
#ifndef INGEST_START_H
#define INGEST_START_H

/*
 * What the store held when the reading of a file began: all that a reader may know
 * of it.
 */

#include "core/store.h"
#include "ingest/capture/hosts.h"
#include "ingest/zone.h"

struct start {
	int64_t flow, dns, attempt, process; /* ids of the next rows */
	bool host_scope;                     /* the session watched the whole machine */
	bool host_told;                      /* a session, or the user, tells whose machine it is */
	struct hosts hosts;
	struct zone zone;     /* of times in logs that tell none */
	int64_t reference_ns; /* logs were written before this: the end of the session, or now */
};

enum status start_load(struct store *store, struct start *ret, struct error *err) MUST_CHECK;

#endif
