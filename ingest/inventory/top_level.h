/* SPDX-License-Identifier: Apache-2.0 */
#ifndef INGEST_INVENTORY_TOP_LEVEL_H
#define INGEST_INVENTORY_TOP_LEVEL_H

/*
 * The last labels of host names: schema/top_level.tsv, the root zone and the names that
 * sites use for themselves. Some are also words of programs ("window.name"): each row
 * says how much of a name is wanted before it counts without a URL around it.
 */

#include "core/cursor.h"

enum { TOP_LEVEL_MAX = 24 /* bytes of a label in the table */ };

enum top_level {
	TOP_LEVEL_NONE,  /* not in the table */
	TOP_LEVEL_URL,   /* only in a URL */
	TOP_LEVEL_THREE, /* "api.vendor.io", of three labels and between quotes */
	TOP_LEVEL_TWO,   /* "vendor.com" between quotes, of three labels also between blanks */
};

/* `label` in lower case. Internationalised ones ("xn--…") are all taken for real. */
enum top_level top_level_find(struct slice label);

/* Steps through the table; false at its end. Start with *at = 0. */
bool top_level_next(size_t *at, struct slice *ret_label, enum top_level *ret);

#endif
