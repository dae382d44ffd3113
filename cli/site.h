/* SPDX-License-Identifier: Apache-2.0 */
#ifndef CLI_SITE_H
#define CLI_SITE_H

/*
 * What a site decided about a session by its policy that a seal tells too; judging keeps it in
 * the database.
 */

#include "core/store.h"

enum { SITE_VALUE_MAX = 512 };

struct site {
	char marking[SITE_VALUE_MAX]; /* "" for none */
	unsigned retention_years;
};

enum status site_read(struct store *store, struct site *ret, struct error *err) MUST_CHECK;

#endif
