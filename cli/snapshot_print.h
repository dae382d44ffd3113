/* SPDX-License-Identifier: Apache-2.0 */
#ifndef CLI_SNAPSHOT_PRINT_H
#define CLI_SNAPSHOT_PRINT_H

#include "cli/snapshot_rows.h"
#include "core/store.h"
#include "core/text.h"

/* What one look showed, for people and for programs (airgap-verify-formats(5)): the sockets,
 * and what the posture in `store` says of model servers, firewall, resolver and proxies. */
enum status snapshot_print_text(const struct snapshot_rows *r, struct store *store, struct text *ret,
				struct error *err) MUST_CHECK;
enum status snapshot_print_json(const struct snapshot_rows *r, struct store *store, struct text *ret,
				struct error *err) MUST_CHECK;

#endif
