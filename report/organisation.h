/* SPDX-License-Identifier: Apache-2.0 */
#ifndef REPORT_ORGANISATION_H
#define REPORT_ORGANISATION_H

/*
 * What a site says of itself in the [organisation] of its policy: whose system it is, by
 * which security plan, within which boundary, who operates it and why. Judging keeps it with
 * the session, a line "name = value" for each field.
 */

#include "report/facts.h"

#include "core/text.h"

struct organisation_field {
	struct slice name, value; /* as the policy has them, not fit for a page */
	const char *label;        /* words for a name that is known here; else NULL */
};

/* The fields in the order of the policy, one a call, until it returns false. */
struct cursor organisation_fields(const struct facts *f);
bool organisation_next(struct cursor *fields, struct organisation_field *ret);

/* Adds what stands before the value: the label, else the name itself, fit for a page. */
void organisation_add_label(struct text *t, const struct organisation_field *field);

#endif
