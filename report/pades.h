/* SPDX-License-Identifier: Apache-2.0 */
#ifndef REPORT_PADES_H
#define REPORT_PADES_H

/*
 * A signature inside a PDF that any reader shows: PAdES B-B (ETSI EN 319 142-1, 5.3 and 6), or
 * B-T with a time stamp over it, as an incremental update. The same update adds what the
 * drawing library leaves out: XMP, language, output intent and /ID.
 */

#include "report/signing.h"
#include "report/timestamp.h"

struct pades_facts {
	const char *title, *reason, *name; /* of the signer; NULL-terminated, any bytes */
	int64_t made_ns;   /* what the document is dated; of the evidence */
	int64_t signed_ns; /* by the signer's clock */
	const struct timestamp_source *stamp; /* NULL: B-B */
};

/* Adds the signed file to `ret`: `pdf` as it is, then the update. */
enum status pades_sign(struct slice pdf, const struct signing *s, const struct pades_facts *facts, struct text *ret,
		       struct error *err) MUST_CHECK;

/* Signs the report of a session folder in its place, where there is one that is not signed
 * yet. */
enum status pades_sign_report(int folder_fd, const struct signing *s, const struct pades_facts *facts,
			      struct error *err) MUST_CHECK;

#endif
