/* SPDX-License-Identifier: Apache-2.0 */
#ifndef COLLECTORS_LINUX_POSTURE_H
#define COLLECTORS_LINUX_POSTURE_H

/*
 * How the machine is set up, as raw facts: settings files, what system tools print,
 * who listens, the environment. One JSON object a line (posture.ndjson in
 * airgap-verify-formats(5)); nothing of it is understood here, and nothing is sent or
 * changed. Secrets are masked (posture_mask.h).
 */

#include "core/privilege.h"
#include "core/text.h"

enum {
	POSTURE_MAX = 64 << 20,     /* of all of it */
	POSTURE_FILE_MAX = 1 << 20, /* of one file; of a longer one the beginning is kept */
	POSTURE_TOOL_MAX = 8 << 20, /* of what one tool prints */
};

struct posture_options {
	const char *root;      /* looked at in place of "/", and then no tool is run; NULL: this machine */
	const char *home;      /* below the root; NULL: the invoker's */
	const char *workspace; /* the project's folder, not below the root; NULL: none */
	const char *tools;     /* recorded outputs NAME.txt in place of running NAME; NULL: none */
};

/* Adds the records to `ret`. What lies in the home and the workspace is read with the
 * rights of `who`, everything else with those of this process. Fails only where it
 * cannot begin: what cannot be read is a record that says so. */
enum status posture_gather(const struct posture_options *o, const struct invoker *who,
			   struct text *ret, struct error *err) MUST_CHECK;

#endif
