/* SPDX-License-Identifier: Apache-2.0 */
#ifndef REPORT_OSCAL_H
#define REPORT_OSCAL_H

/*
 * OSCAL 1.2.2 in JSON: what was observed of the objectives, and the minimal plan that it
 * points to. The state of an objective is never "satisfied" but by a reviewer's word.
 */

#include "core/store.h"
#include "report/review.h"

/* Verified reviews of the database that is told of, in their order. */
struct oscal_reviews {
	const struct review *at[REVIEWS_MAX];
	size_t count;
};

/* Assessment results. The same database gives the same bytes. */
enum status oscal_results_write(struct store *store, const char *frameworks, int fd, struct error *err) MUST_CHECK;

/* The same with what reviewers decided: of an objective that several name, the last counts;
 * only a review that accepted can satisfy one. */
enum status oscal_results_write_reviewed(struct store *store, const char *frameworks, const struct oscal_reviews *reviews,
					 int fd, struct error *err) MUST_CHECK;

/* The assessment plan, named report.oscal-plan.json by the results. */
enum status oscal_plan_write(struct store *store, const char *frameworks, int fd, struct error *err) MUST_CHECK;

#endif
