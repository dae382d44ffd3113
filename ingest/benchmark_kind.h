/* SPDX-License-Identifier: Apache-2.0 */
#ifndef INGEST_BENCHMARK_KIND_H
#define INGEST_BENCHMARK_KIND_H

/*
 * The kinds of lines of bench/run.ndjson: which members each has, of what form, and the
 * statement that they are the values of.
 */

#include "core/json.h"
#include "core/store.h"

enum {
	BENCHMARK_MEMBERS_MAX = 26,
	BENCHMARK_FORMAT = 1,
	BENCHMARK_NAME_MAX = 1024,  /* bytes of a model's name, of a task's */
	BENCHMARK_WORD_MAX = 32,    /* of one of our own words */
	BENCHMARK_TEXT_MAX = 4096,  /* of any other text but what a model said */
	BENCHMARK_JSON_MAX = 16384, /* of an array or an object that is kept as it stands */
	BENCHMARK_SAMPLES_MAX = 10000,
};

enum benchmark_form {
	BENCHMARK_NAME,    /* a text that is not empty, and holds no NUL */
	BENCHMARK_WORD,    /* a-z, 0-9, '_' and '-' */
	BENCHMARK_OUTCOME, /* one of those of benchmark/judge.h */
	BENCHMARK_TEXT,
	BENCHMARK_SAID,    /* as long as a line may be */
	BENCHMARK_NUMBER,  /* whole, from 0 on */
	BENCHMARK_SAMPLE,  /* less than BENCHMARK_SAMPLES_MAX */
	BENCHMARK_DECIMAL,
	BENCHMARK_FLAG,
	BENCHMARK_ARRAY,
	BENCHMARK_OBJECT,
	BENCHMARK_VERSION, /* BENCHMARK_FORMAT; no value of the row */
	BENCHMARK_GPUS,    /* an array of objects, each a row of its own */
};

/* One that is not needed may be missing or null. */
struct benchmark_member {
	const char *key; /* NULL behind the last */
	enum benchmark_form form;
	bool needed;
};

struct benchmark_kind {
	const char *name;
	enum query query; /* source, record, then the members in their order */
	const char *wrong; /* what a line is that has not all of them in their form */
	struct benchmark_member members[BENCHMARK_MEMBERS_MAX];
};

/* NULL: no kind of that name. */
const struct benchmark_kind *benchmark_kind_find(const struct json_value *name);

extern const struct benchmark_kind benchmark_kind_gpu; /* source, record, place, then the members */

/* Is it what the member wants? `null` and a member that is absent are for the caller. */
bool benchmark_kind_fits(enum benchmark_form form, const struct json_value *v);

#endif
