/* SPDX-License-Identifier: Apache-2.0 */
#ifndef REPORT_POSTURE_H
#define REPORT_POSTURE_H

/*
 * What the checks of posture found, on a terminal or as JSON.
 */

#include "core/store.h"
#include "core/text.h"

struct posture_request {
	bool colour;
	bool verbose; /* what is right, and what there was nothing of, too */
};

struct posture_counts {
	int64_t found, unknown, good, absent;
};

enum status posture_counts(struct store *store, struct posture_counts *ret, struct error *err) MUST_CHECK;

/* Adds to `ret`. */
enum status posture_text(struct store *store, const struct posture_request *r, struct text *ret,
			 struct error *err) MUST_CHECK;
enum status posture_json_report(struct store *store, struct text *ret, struct error *err) MUST_CHECK;

#endif
