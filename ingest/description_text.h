/* SPDX-License-Identifier: Apache-2.0 */
#ifndef INGEST_DESCRIPTION_TEXT_H
#define INGEST_DESCRIPTION_TEXT_H

/*
 * The text of a description while it is read: description.c walks its lines and
 * sections, description_keys.c knows the keys.
 */

#include "ingest/description.h"

enum section { SECTION_NONE, SECTION_LOG, SECTION_EVENT, SECTION_PAIRS, SECTION_DISPOSITION, SECTION_DIRECTION };

struct reading {
	struct description *d;
	enum section section;
	struct rule *rule;   /* of [event …] */
	unsigned given;      /* keys of this section, a bit for each row of `keys` */
	unsigned line;
	size_t key_at, value_at, at; /* columns, from 0; of what is wrong */
	struct slice fixed[FIELDS];  /* [log] fixed: where a rule says nothing */
};

/* One key of the section at hand; `at` tells what is wrong with it. */
enum status description_set(struct reading *r, struct slice key, struct slice value, struct error *err) MUST_CHECK;

#endif
