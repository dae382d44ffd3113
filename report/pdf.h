/* SPDX-License-Identifier: Apache-2.0 */
#ifndef REPORT_PDF_H
#define REPORT_PDF_H

/*
 * The sections of the PDF, in the order of the pages. Each reads its own rows
 * and draws them where the pen is; it fails only where the database does.
 */

#include "report/facts.h"
#include "report/page.h"
#include "report/tally.h"

enum {
	PDF_ROWS_MAX = 500,     /* of one table; the rest is counted and named */
	PDF_FINDINGS_MAX = 200,
	PDF_DETAIL_MAX = 8000,  /* bytes of a finding's text that are printed */
	PDF_POLICY_MAX = 16000, /* bytes of the policy that are printed */
};

struct pdf {
	struct page page;
	struct store *store;
	const struct facts *facts;
	const struct tally *tally; /* of all attempts; PDF_ROWS_MAX groups */
};

enum status pdf_summary(struct pdf *d, struct error *err) MUST_CHECK;
enum status pdf_figures(struct pdf *d, struct error *err) MUST_CHECK;
enum status pdf_timeline(struct pdf *d, struct error *err) MUST_CHECK;
enum status pdf_coverage(struct pdf *d, struct error *err) MUST_CHECK;
enum status pdf_egress(struct pdf *d, struct error *err) MUST_CHECK;
enum status pdf_lookups(struct pdf *d, struct error *err) MUST_CHECK;
enum status pdf_applog(struct pdf *d, struct error *err) MUST_CHECK;
enum status pdf_findings(struct pdf *d, struct error *err) MUST_CHECK;
enum status pdf_challenge(struct pdf *d, struct error *err) MUST_CHECK;
enum status pdf_controls(struct pdf *d, struct error *err) MUST_CHECK;
enum status pdf_bench(struct pdf *d, struct error *err) MUST_CHECK;
enum status pdf_past(struct pdf *d, struct error *err) MUST_CHECK;
enum status pdf_method(struct pdf *d, struct error *err) MUST_CHECK;
enum status pdf_skipped(struct pdf *d, struct error *err) MUST_CHECK;
enum status pdf_evidence(struct pdf *d, struct error *err) MUST_CHECK;
enum status pdf_signatures(struct pdf *d, struct error *err) MUST_CHECK;
enum status pdf_reviewer(struct pdf *d, struct error *err) MUST_CHECK;

/* A part of the lookups. */
enum status pdf_lookup_chart(struct pdf *d, struct error *err) MUST_CHECK;

/* Parts of the first page: the verdict in its box with the summary, a name with what it is, what
 * the site says of itself. */
void pdf_verdict(struct pdf *d);
void pdf_pair(struct pdf *d, const char *name, const struct text *value);
void pdf_organisation(struct pdf *d);
void pdf_numbers(struct pdf *d);
enum status pdf_reasons(struct pdf *d, struct error *err) MUST_CHECK;
enum status pdf_missing(struct pdf *d, struct error *err) MUST_CHECK;

#endif
