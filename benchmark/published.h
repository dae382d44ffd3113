/* SPDX-License-Identifier: Apache-2.0 */
#ifndef BENCHMARK_PUBLISHED_H
#define BENCHMARK_PUBLISHED_H

/*
 * What was published of models, in a file of a site's: schema/published.tsv is like it.
 */

#include "core/cursor.h"
#include "core/error.h"

enum { PUBLISHED_MAX = 512 };

/* A row; "": not told. */
struct published_figure {
	char model[128], benchmark[32], variant[64];
	char percent[16]; /* "92.7": a number as JSON has it; "": none is known */
	char precision[32], prompt_mode[32], date[16], title[256];
};

struct published {
	struct published_figure at[PUBLISHED_MAX];
	size_t count;
};

/* Reads it; ERR_CONFIG or ERR_LIMIT with the line that is wrong. */
enum status published_read(struct slice text, struct published *ret, struct error *err) MUST_CHECK;

#endif
