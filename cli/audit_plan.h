/* SPDX-License-Identifier: Apache-2.0 */
#ifndef CLI_AUDIT_PLAN_H
#define CLI_AUDIT_PLAN_H

#include "cli/audit_course.h"

/* What an audit would do, on standard output; nothing is made, changed or deleted. Where it would not
 * begin, that is told behind it, and is what fails here, too. */
enum status audit_plan_print(const struct audit_order *o, bool json, struct error *err) MUST_CHECK;

#endif
