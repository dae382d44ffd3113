/* SPDX-License-Identifier: Apache-2.0 */
#ifndef REPORT_OSCAL_H
#define REPORT_OSCAL_H

/*
 * OSCAL 1.2.2 in JSON: what was observed of the objectives, and the minimal plan that it
 * points to. The state of an objective is never "satisfied" but by a reviewer's word.
 */

#include "core/store.h"
#include "report/form.h"

/* Assessment results. Of an objective that several reviews name, the last counts; only a
 * review that accepted can satisfy one. */
enum status oscal_results_write(struct store *store, const struct report_form *form, int fd, struct error *err) MUST_CHECK;

/* Whether one of the objectives that the database tells of is named so, as in "SC.L2-3.13.6_obj.a". */
enum status oscal_objective_known(struct store *store, const char *id, bool *ret, struct error *err) MUST_CHECK;

/* The assessment plan, named report.oscal-plan.json by the results. */
enum status oscal_plan_write(struct store *store, const struct report_form *form, int fd, struct error *err) MUST_CHECK;

#endif
