/* SPDX-License-Identifier: Apache-2.0 */
#ifndef INGEST_POSTURE_NETSH_RULE_H
#define INGEST_POSTURE_NETSH_RULE_H

/*
 * Rules as "netsh advfirewall firewall show rule" prints them in English, one after the
 * other, a field a line.
 */

#include "core/cursor.h"

struct netsh_rule {
	struct slice name, profiles;
	bool counts;        /* it is enabled, and for what goes out */
	bool blocks;
	const char *family; /* "4", "6", "46" */
	const char *scope;  /* as of struct firewall_rule */
};

/* The next one from where the cursor stands; false where there is none. */
bool netsh_rule_next(struct cursor *c, struct netsh_rule *ret);

#endif
