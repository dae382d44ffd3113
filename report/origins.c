/* SPDX-License-Identifier: Apache-2.0 */
#include "report/origins.h"

#include <stdlib.h>
#include <string.h>

enum { ARENA_MAX = 256 << 20, FILES_MAX = 100000 /* more are not told of */ };

static enum status keep(struct origins *o, sqlite3_stmt *q, int column, const char **ret, struct error *err)
{
	*ret = arena_string(o->arena, store_slice(q, column));
	return *ret ? OK : fail(err, ERR_LIMIT, "the list of raw files takes more than %d bytes", ARENA_MAX);
}

enum status origins_read(struct store *store, struct origins *ret, struct error *err)
{
	bool row = true;
	enum status status = OK;
	*ret = (struct origins){.arena = arena_new(ARENA_MAX)};
	ret->at = arena_alloc(ret->arena, FILES_MAX * sizeof *ret->at);
	if (!ret->at)
		return fail(err, ERR_LIMIT, "the list of raw files is too long");
	sqlite3_stmt *q = store_query(store, QUERY_BUNDLE_ORIGINS);
	while (ret->count < FILES_MAX && !status && !(status = store_step(q, &row, err)) && row) {
		struct origin *o = &ret->at[ret->count++];
		*o = (struct origin){.path = "", .collector = "", .source = "", .collected_ns = store_i64(q, 2)};
		status = keep(ret, q, 0, &o->path, err);
		if (!status)
			status = keep(ret, q, 1, &o->collector, err);
		if (!status)
			status = keep(ret, q, 3, &o->source, err);
	}
	sqlite3_reset(q);
	return status;
}

void origins_free(struct origins *o)
{
	arena_free(o->arena);
	*o = (struct origins){.arena = NULL};
}

static int by_path(const void *key, const void *at)
{
	return strcmp(key, ((const struct origin *)at)->path);
}

const struct origin *origins_find(const struct origins *o, const char *path)
{
	return o->count ? bsearch(path, o->at, o->count, sizeof *o->at, by_path) : NULL;
}
