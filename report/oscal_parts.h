/* SPDX-License-Identifier: Apache-2.0 */
#ifndef REPORT_OSCAL_PARTS_H
#define REPORT_OSCAL_PARTS_H

/*
 * What plan and results have in common. Nobody else includes it.
 */

#include "report/facts.h"
#include "report/oscal.h"
#include "report/stream.h"
#include "report/uuid.h"

#include "core/json.h"

enum { OSCAL_TOKEN_MAX = 200, OSCAL_TEXT_MAX = 4000 };

struct oscal {
	struct store *store;
	const struct facts *facts;
	struct stream out;
	struct json j;
	struct text text; /* reused */
};

/* An identifier of a thing of this session. */
void oscal_uuid(struct oscal *o, const char *member, const char *kind, struct slice key);

/* Text that holds something and is fit for a page; `otherwise` where there is none. */
void oscal_text(struct oscal *o, const char *member, struct slice text, const char *otherwise);

void oscal_time(struct oscal *o, const char *member, int64_t ns);

/* "SC.L2-3.13.6_obj.a": a token (starts with a letter; letters, digits, '.', '-', '_'). */
void oscal_token(struct slice framework, struct slice control, struct slice objective, char ret[static OSCAL_TOKEN_MAX]);

void oscal_metadata(struct oscal *o, const char *title);

/* The controls of the frameworks, each once. */
enum status oscal_reviewed(struct oscal *o, struct error *err) MUST_CHECK;

#endif
