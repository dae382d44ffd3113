/* SPDX-License-Identifier: Apache-2.0 */
#ifndef REPORT_XLSX_REPORT_H
#define REPORT_XLSX_REPORT_H

#include "core/store.h"
#include "report/form.h"

/* The workbook (ECMA-376): a sheet for each kind of row, charts, dates that are dates.
 * Memory does not grow with the rows. The same database gives the same bytes. */
enum status xlsx_report_write(struct store *store, const struct report_form *form, int fd, struct error *err) MUST_CHECK;

/* The same with fewer rows a sheet, to see it split. */
enum status xlsx_report_split(struct store *store, size_t rows_max, int fd, struct error *err) MUST_CHECK;

#endif
