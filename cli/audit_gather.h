/* SPDX-License-Identifier: Apache-2.0 */
#ifndef CLI_AUDIT_GATHER_H
#define CLI_AUDIT_GATHER_H

/*
 * What an audit looks at itself, beside what the collector keeps: lines of audit.ndjson
 * (airgap-verify-formats(5)). Nothing of it is understood here; files are only hashed.
 */

#include "cli/watch_roots.h"
#include "core/text.h"

enum {
	AUDIT_EXTENSIONS_MAX = 5000, /* of one machine */
	AUDIT_PROGRAMS_MAX = 5000,
	AUDIT_GATHER_MAX = 32 << 20, /* bytes of all lines */
};

/* The extensions of editors in each of the homes (`homes`: paths, NULL-terminated; NULL: those
 * of this machine's people, or of this user alone where that is not root). */
void audit_gather_extensions(const char *const homes[], struct text *ret);

/* The programs that run, by the hash of what runs: those of the roots or, where `roots` is NULL,
 * of every process that sees the files that we see. In a container a path is another file. */
void audit_gather_programs(const struct watch_roots *roots, struct text *ret);

#endif
