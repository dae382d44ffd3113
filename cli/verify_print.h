/* SPDX-License-Identifier: Apache-2.0 */
#ifndef CLI_VERIFY_PRINT_H
#define CLI_VERIFY_PRINT_H

#include "core/text.h"
#include "report/verify.h"

/* What verify found, for people or as one JSON document. */
struct verify_print {
	const struct verify_result *result;
	const char *path; /* of the session, or with `all` of what the place was told */
	bool heads;	  /* it was held against those */
	bool all;	  /* verify_all() */
};

void verify_print_text(const struct verify_print *p, struct text *t);
void verify_print_json(const struct verify_print *p, struct text *t);

#endif
