/* SPDX-License-Identifier: Apache-2.0 */
#ifndef CLI_LOGS_H
#define CLI_LOGS_H

/*
 * What this site says of the logs to be read: --log-description, the folders logs.d,
 * --timezone.
 */

#include "cli/arguments.h"
#include "ingest/descriptions.h"
#include "ingest/reader.h"

struct log_options {
	struct argument_list descriptions;
	const char *timezone; /* NULL: not told */
};

struct logs {
	struct ingest_logs logs; /* to hand on; points into this */
	struct descriptions *known; /* owned */
	struct zone zone;
};

/* Descriptions that are built in, of /etc/airgap-verify/logs.d, of ~/.config, and the
 * named ones. `options` may be NULL. Whatever it says, `ret` is to be freed. */
enum status logs_load(const struct log_options *options, struct logs *ret, struct error *err) MUST_CHECK;
void logs_free(struct logs *l);

#define AUTO_LOGS __attribute__((cleanup(logs_free)))

#endif
