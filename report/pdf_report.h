/* SPDX-License-Identifier: Apache-2.0 */
#ifndef REPORT_PDF_REPORT_H
#define REPORT_PDF_REPORT_H

#include "core/store.h"
#include "report/form.h"

/* The report on A4 pages, fonts within. The same database, with the same fonts
 * installed, gives the same bytes. */
enum status pdf_report_write(struct store *store, const struct report_form *form, int fd, struct error *err) MUST_CHECK;

#endif
