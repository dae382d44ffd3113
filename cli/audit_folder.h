/* SPDX-License-Identifier: Apache-2.0 */
#ifndef CLI_AUDIT_FOLDER_H
#define CLI_AUDIT_FOLDER_H

/*
 * audit.ndjson in the session folder of an audit (airgap-verify-formats(5)): all that its
 * findings rest on beside the evidence, so that they can be made anew without the state folder.
 */

#include "analysis/policy_audit.h"
#include "cli/audit_known.h"
#include "cli/audit_state.h"

struct audit_folder_facts {
	const struct policy_audit *audit;
	const struct audit_state *before; /* what the last one left */
	struct audit_known *known;
	const char *forgotten;   /* why nothing is known; NULL */
	const char *fingerprint; /* of the certificate that is to sign; "" */
	const char *scope;       /* "host", "apps" */
	int64_t began_ns;
	struct slice gathered;   /* whole lines */
};

enum status audit_folder_write(int folder, const struct audit_folder_facts *f, struct error *err) MUST_CHECK;

/* Which start of the system this is; "" where it cannot be told. */
void audit_folder_boot(char ret[static 64]);

#endif
