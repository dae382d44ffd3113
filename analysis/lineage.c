/* SPDX-License-Identifier: Apache-2.0 */
#include "analysis/program.h"

#include "core/error.h"

#include <stdlib.h>

enum { PLACES = 4096 };

struct place {
	int64_t process;
	struct lineage line;
	enum program_kind kind; /* of the program itself */
	bool client;            /* one of those above it is an AI client */
	bool session;           /* it descends from what the session ran */
};

struct lineages {
	struct store *store; /* not owned */
	struct programs programs;
	struct place places[PLACES];
	struct lineage current;
};

struct lineages *lineages_new(struct store *store)
{
	struct lineages *l = must_alloc(1, sizeof *l);
	l->store = store;
	programs_read(&l->programs);
	return l;
}

void lineages_free(struct lineages *l)
{
	free(l);
}

/* Adds the name at `n`, each in a room of its own. */
static struct slice put(struct lineage *line, size_t n, struct slice path)
{
	unsigned char *room = line->text + n * PROGRAM_NAME_MAX;
	line->names[n] = slice_of(room, program_name(path, room));
	return line->names[n];
}

static void add(const struct programs *programs, struct place *p, struct slice path, bool self)
{
	if (p->line.count == LINEAGE_NAMES_MAX)
		return;
	struct slice name = put(&p->line, p->line.count, path);
	if (name.size == 0)
		return;
	p->line.count++;
	enum program_kind kind = program_kind(programs, name);
	if (self && p->kind == PROGRAM_UNKNOWN)
		p->kind = kind;
	if (!self && kind == PROGRAM_CLIENT)
		p->client = true;
}

/* One row a process, from the one asked for upwards. */
static enum status read_lineage(struct lineages *l, struct place *p, struct error *err)
{
	bool row = true;
	enum status status = OK;
	sqlite3_stmt *q = store_query(l->store, QUERY_LINEAGE);
	store_bind_i64(q, 1, p->process);
	store_bind_i64(q, 2, LINEAGE_DEPTH_MAX - 1);
	for (bool self = true; !(status = store_step(q, &row, err)) && row; self = false) {
		add(&l->programs, p, store_slice(q, 0), self);
		add(&l->programs, p, store_slice(q, 1), self);
		if (self)
			p->session = store_i64(q, 2);
	}
	sqlite3_reset(q);
	return status;
}

/* A client draws its own pages by an engine whose threads are called so; a program with
 * such threads that is no browser has one in it. */
static const char *browser_of(const struct place *p, bool engine_thread)
{
	switch (p->kind) {
	case PROGRAM_WEBVIEW:
		return "webview";
	case PROGRAM_BROWSER:
		return p->client || p->session ? "webview" : "browser";
	case PROGRAM_CLIENT:
	case PROGRAM_UNKNOWN:
	case PROGRAM_THREAD:
		break;
	}
	return engine_thread ? "webview" : NULL;
}

static void finish(const struct programs *programs, const struct place *p, struct slice thread, struct lineage *ret)
{
	ret->count = p->line.count;
	for (size_t i = 1; i < p->line.count; i++)
		ret->names[i] = p->line.names[i];
	bool engine = program_kind(programs, put(ret, 0, thread)) == PROGRAM_THREAD;
	ret->browser = browser_of(p, engine);
}

static void begin(struct place *p, int64_t process)
{
	*p = (struct place){.process = process, .line.count = 1}; /* [0]: the thread */
}

enum status lineages_find(struct lineages *l, int64_t process, struct slice thread, const struct lineage **ret,
			  struct error *err)
{
	struct place *p = &l->places[(uint64_t)process % PLACES];
	enum status status = OK;
	if (p->process != process || p->line.count == 0) {
		begin(p, process);
		status = process ? read_lineage(l, p, err) : OK;
	}
	if (status)
		p->line.count = 0;
	else
		finish(&l->programs, p, thread, &l->current);
	*ret = &l->current;
	return status;
}

const struct lineage *lineages_alone(struct lineages *l, struct slice program)
{
	struct lineage *ret = &l->current;
	enum program_kind kind = program_kind(&l->programs, put(ret, 0, program));
	struct place p = {.kind = kind};
	ret->count = 1;
	ret->browser = browser_of(&p, kind == PROGRAM_THREAD);
	return ret;
}
