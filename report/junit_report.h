/* SPDX-License-Identifier: Apache-2.0 */
#ifndef REPORT_JUNIT_REPORT_H
#define REPORT_JUNIT_REPORT_H

#include "core/store.h"
#include "report/form.h"

/* Test results for a pipeline, in the XML that JUnit's readers take: one case for each way
 * out and one for each check that found something. A way by which nothing was seen leaving
 * passes only where the verdict says that all was seen; else it is skipped, with the reason.
 * The same database gives the same bytes. */
enum status junit_report_write(struct store *store, const struct report_form *form, int fd, struct error *err) MUST_CHECK;

#endif
