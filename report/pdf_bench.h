/* SPDX-License-Identifier: Apache-2.0 */
#ifndef REPORT_PDF_BENCH_H
#define REPORT_PDF_BENCH_H

/*
 * Parts of the section on models.
 */

#include "report/pdf.h"

enum status pdf_bench_outcomes(struct pdf *d, struct error *err) MUST_CHECK;
enum status pdf_bench_pairs(struct pdf *d, struct error *err) MUST_CHECK;
enum status pdf_bench_proofs(struct pdf *d, struct error *err) MUST_CHECK;
enum status pdf_bench_published(struct pdf *d, struct error *err) MUST_CHECK;

#endif
