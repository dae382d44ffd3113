/* SPDX-License-Identifier: Apache-2.0 */
#ifndef CLI_SCHEDULE_STATUS_H
#define CLI_SCHEDULE_STATUS_H

#include "cli/schedule_system.h"

/* Prints whether one scheduler knows of the audit, when it is due and how the last one ended;
 * `json` as one document. */
enum status schedule_status_print(const struct schedule_system *s, const char *root, bool user, bool json,
				  struct error *err) MUST_CHECK;

#endif
