/* SPDX-License-Identifier: Apache-2.0 */
#include "report/bench_words.h"

#include "core/error.h"

#include <stdio.h>
#include <string.h>

static const double gib = 1073741824.0;

static void none(char *to)
{
	memcpy(to, "-", 2);
}

void bench_words_of(sqlite3_stmt *q, struct bench_words *w)
{
	bool runner = slice_is(store_slice(q, BENCH_RATE_FROM), "runner");
	snprintf(w->passed, sizeof w->passed, "%lld/%lld", (long long)store_i64(q, BENCH_PASSED), (long long)store_i64(q, BENCH_SAMPLES));
	none(w->share);
	none(w->rate);
	none(w->first);
	none(w->memory);
	if (!store_is_null(q, BENCH_SHARE))
		snprintf(w->share, sizeof w->share, "%.1f %% (%.1f-%.1f)", 100 * store_real(q, BENCH_SHARE),
			 100 * store_real(q, BENCH_LOW), 100 * store_real(q, BENCH_HIGH));
	if (!store_is_null(q, BENCH_RATE))
		snprintf(w->rate, sizeof w->rate, "%.1f%s", store_real(q, BENCH_RATE), runner ? "*" : "");
	if (!store_is_null(q, BENCH_FIRST))
		snprintf(w->first, sizeof w->first, "%.2f s", store_real(q, BENCH_FIRST) / 1000);
	if (store_is_null(q, BENCH_VRAM))
		return;
	if (store_i64(q, BENCH_VRAM) == 0 && store_real(q, BENCH_SPILLED) <= 0) {
		snprintf(w->memory, sizeof w->memory, "none");
		return;
	}
	snprintf(w->memory, sizeof w->memory, "%.1f GiB", (double)store_i64(q, BENCH_VRAM) / gib);
	if (store_real(q, BENCH_SPILLED) > 0) {
		size_t used = strlen(w->memory);
		snprintf(w->memory + used, sizeof w->memory - used, ", %.0f %% out", 100 * store_real(q, BENCH_SPILLED));
	}
}

static void separate(struct text *to, size_t before)
{
	text_add_string(to, to->size > before ? "; " : "");
}

void bench_words_limit(sqlite3_stmt *q, struct text *ret)
{
	int64_t asked = store_i64(q, BENCH_LIMIT_ASKED), given = store_i64(q, BENCH_LIMIT_GIVEN);
	int64_t cut = store_i64(q, BENCH_LIMIT_CUT), filled = store_i64(q, BENCH_LIMIT_FILLED);
	size_t before = ret->size;
	if (given > 0 && given < asked)
		text_addf(ret, "%lld tokens of context were given, not %lld", (long long)given, (long long)asked);
	separate(ret, before);
	if (cut)
		text_addf(ret, "a limit of tokens ended %lld of %lld answers", (long long)cut, (long long)store_i64(q, BENCH_LIMIT_ANSWERS));
	if (!filled)
		return;
	text_addf(ret, "%s%lld filled the context, so that part of the question may have been cut off", cut ? ", and " : "",
		  (long long)filled);
}
