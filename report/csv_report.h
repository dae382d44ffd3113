/* SPDX-License-Identifier: Apache-2.0 */
#ifndef REPORT_CSV_REPORT_H
#define REPORT_CSV_REPORT_H

#include "core/store.h"

/* csv/VIEW.csv below `report_fd` for each view of audit.db (RFC 4180; UTF-8; the columns under
 * their names in the first line; times are nanoseconds since 1970). Text that a spreadsheet
 * would take for a formula has an apostrophe in front, control characters are escaped. The
 * same database gives the same bytes. */
enum status csv_report_write(struct store *store, int report_fd, struct error *err) MUST_CHECK;

/* One such file: the rows that a statement without values gives. */
enum status csv_report_rows(struct store *store, enum query query, int fd, struct error *err) MUST_CHECK;

#endif
