/* SPDX-License-Identifier: Apache-2.0 */
#ifndef REPORT_OCSF_REPORT_H
#define REPORT_OCSF_REPORT_H

#include "core/store.h"
#include "report/form.h"

/* Events for a log collector, one JSON object a line (OCSF 1.8): Network Activity (4001) for
 * each attempt of the session, DNS Activity (4003) for each lookup, Compliance Finding (2003)
 * for each finding. The same database gives the same bytes. */
enum status ocsf_report_write(struct store *store, const struct report_form *form, int fd, struct error *err) MUST_CHECK;

#endif
