/* SPDX-License-Identifier: Apache-2.0 */
#ifndef REPORT_STATEMENT_H
#define REPORT_STATEMENT_H

/*
 * What a session amounts to, for programs that read attestations: a Statement of in-toto,
 * version 1, with the predicate runtime-trace 0.1. The trace itself is the evidence log,
 * which is one of the subjects; what the predicate has no field for stands in a member of
 * its own, "airgapVerify".
 */

#include "report/manifest.h"

#define STATEMENT_TYPE "application/vnd.in-toto+json" /* the media type, in an envelope */
#define STATEMENT_PREDICATE "https://in-toto.io/attestation/runtime-trace/v0.1"

enum { STATEMENT_VALUE_MAX = 1024 };

struct statement_facts {
	const char *session_id, *verdict, *tool_version, *host; /* host: the one that was watched */
	int64_t sealed_ns, from_ns, to_ns;			/* from, to: what was watched; 0 where not known */
	const struct seal_chain *chain;
	const struct manifest_file *files; /* of the folder; the subjects are taken out of them */
	size_t count;
};

/* Adds the statement, on one line without its end. */
void statement_write(const struct statement_facts *facts, struct text *out);

/* The facts that a statement states, as text of its own. */
struct statement {
	char session_id[STATEMENT_VALUE_MAX], verdict[STATEMENT_VALUE_MAX], tool_version[STATEMENT_VALUE_MAX],
		host[STATEMENT_VALUE_MAX];
	int64_t sealed_ns, from_ns, to_ns;
	size_t subjects;
};

/* NULL where it is, byte for byte, the statement over this chain and these files, whatever
 * it says of the session; else what is wrong. */
const char *statement_check(struct slice json, const struct seal_chain *chain, const struct manifest_file files[],
			    size_t count, struct statement *ret) MUST_CHECK;

#endif
