/* SPDX-License-Identifier: Apache-2.0 */
#ifndef REPORT_SARIF_REPORT_H
#define REPORT_SARIF_REPORT_H

#include "core/store.h"
#include "report/form.h"

/* Findings for a code host's pipeline (SARIF 2.1.0): what fails is an error, what leaves the
 * verdict open a warning, the rest notes. The same database gives the same bytes. */
enum status sarif_report_write(struct store *store, const struct report_form *form, int fd, struct error *err) MUST_CHECK;

#endif
