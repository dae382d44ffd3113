/* SPDX-License-Identifier: Apache-2.0 */
#ifndef REPORT_JSON_REPORT_H
#define REPORT_JSON_REPORT_H

#include "core/store.h"
#include "report/form.h"

/* One JSON object, "format":"airgap-verify report": the facts of the PDF for
 * programs. The same database gives the same bytes. */
enum status json_report_write(struct store *store, const struct report_form *form, int fd, struct error *err) MUST_CHECK;

#endif
