/* SPDX-License-Identifier: Apache-2.0 */
#ifndef TESTS_FUZZ_FUZZ_POSTURE_H
#define TESTS_FUZZ_FUZZ_POSTURE_H

/*
 * Parsers of settings, each up to the rows.
 */

#include "ingest/posture/posture.h"
#include "tests/fuzz/fuzz_store.h"

static inline void fuzz_posture(posture_fn *parse, const char *what, struct slice text)
{
	struct error err = {0};
	struct ingest to = {.path = "fuzz", .source = 1};
	to.rows = row_stream_new(fuzz_drop, NULL);
	struct posture p = {.to = &to, .record = 1, .what = slice_of_string(what)};
	fuzz_require(!parse(&p, text, &err), err.text);
	fuzz_require(!ingest_skip_finish(&to, &err), err.text);
	row_stream_free(to.rows);
}

/* The first byte chooses the parser, the rest is its text. */
static inline void fuzz_one_of(posture_fn *const parsers[], size_t count, struct slice input)
{
	if (input.size > 0)
		fuzz_posture(parsers[input.at[0] % count], "unit", slice_part(input, 1, input.size));
}

#endif
