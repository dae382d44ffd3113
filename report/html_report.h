/* SPDX-License-Identifier: Apache-2.0 */
#ifndef REPORT_HTML_REPORT_H
#define REPORT_HTML_REPORT_H

#include "core/store.h"
#include "report/form.h"

/* One page that stands alone: no font, picture, script or style from elsewhere, and a
 * content policy (CSP level 2) that lets it fetch nothing. At most HTML_ROWS_MAX rows of a
 * table; what there is more is said. The same database gives the same bytes. */
enum status html_report_write(struct store *store, const struct report_form *form, int fd, struct error *err) MUST_CHECK;

#endif
