/* SPDX-License-Identifier: Apache-2.0 */
#include "ingest/etl/process_table.h"

#include "core/clock.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

enum {
	BUCKETS = 4096,
	LOOKED_AT = 64, /* entries of a chain, the last ones: no trace makes the search long */
	ROOM_FIRST = 64,
	NONE = 0, /* entries are counted from 1 in chains */
	SAME_NS = CLOCK_SECOND, /* what two providers tell of one start or end is no further apart */
};

struct entry {
	uint32_t pid, ppid, next;
	bool started, ended; /* it was seen to */
	int64_t first_ns, last_ns, status;
	char comm[PROCESS_COMM_MAX], exe[PROCESS_EXE_MAX];
};

struct process_table {
	int64_t first_id;
	size_t count, room;
	uint64_t left_out;
	struct entry *entries; /* owned */
	uint32_t chains[BUCKETS]; /* the last one first */
};

struct process_table *process_table_new(int64_t first_id)
{
	struct process_table *t = must_alloc(1, sizeof *t);
	*t = (struct process_table){.first_id = first_id};
	return t;
}

void process_table_free(struct process_table *t)
{
	if (!t)
		return;
	free(t->entries);
	free(t);
}

/* Spread by the upper bits of a product (Fibonacci hashing). */
static uint32_t bucket_of(uint32_t pid)
{
	return (uint32_t)(pid * UINT64_C(0x9E3779B97F4A7C15) >> 52) % BUCKETS;
}

static struct entry *last_of(struct process_table *t, uint32_t pid)
{
	uint32_t at = t->chains[bucket_of(pid)];
	for (int i = 0; at != NONE && i < LOOKED_AT; i++, at = t->entries[at - 1].next)
		if (t->entries[at - 1].pid == pid)
			return &t->entries[at - 1];
	return NULL;
}

static struct entry *add(struct process_table *t, uint32_t pid, int64_t time_ns)
{
	if (t->count == PROCESSES_MAX) {
		t->left_out++;
		return NULL;
	}
	if (t->count == t->room) {
		t->room = t->room ? 2 * t->room : ROOM_FIRST;
		t->entries = must_realloc(t->entries, t->room, sizeof *t->entries);
	}
	struct entry *e = &t->entries[t->count++];
	uint32_t *chain = &t->chains[bucket_of(pid)];
	*e = (struct entry){.pid = pid, .next = *chain, .first_ns = time_ns};
	*chain = (uint32_t)t->count;
	return e;
}

static bool near(int64_t a, int64_t b)
{
	return a - b < SAME_NS && b - a < SAME_NS;
}

/* Is what is told of the process that had the number last? */
static bool is_same(const struct entry *e, const struct process_told *told)
{
	switch (told->moment) {
	case PROCESS_STARTS:
		if (e->started)
			return near(e->first_ns, told->time_ns);
		return !e->ended || told->time_ns <= e->last_ns;
	case PROCESS_ENDS:
		return e->ended ? near(e->last_ns, told->time_ns) : true;
	case PROCESS_IS:
		return !e->ended || told->time_ns <= e->last_ns;
	}
	return false;
}

static const char *base_of(const char *path)
{
	const char *slash = strrchr(path, '\\');
	return slash ? slash + 1 : path;
}

static void copy(char *to, size_t capacity, const char *from)
{
	size_t size = strlen(from);
	if (size >= capacity) { /* the end of a path tells more; no character is split */
		from += size - capacity + 1;
		while ((*from & 0xc0) == 0x80)
			from++;
	}
	snprintf(to, capacity, "%s", from);
}

static void fill_names(struct entry *e, const char *name)
{
	if (name[0] && !e->comm[0])
		copy(e->comm, sizeof e->comm, base_of(name));
	if (strchr(name, '\\') && !e->exe[0])
		copy(e->exe, sizeof e->exe, name);
}

void process_table_note(struct process_table *t, const struct process_told *told)
{
	struct entry *e = last_of(t, told->pid);
	if (!e || !is_same(e, told))
		e = add(t, told->pid, told->time_ns);
	if (!e)
		return;
	if (told->time_ns < e->first_ns || (told->moment == PROCESS_STARTS && !e->started))
		e->first_ns = told->time_ns;
	if (told->ppid)
		e->ppid = told->ppid;
	fill_names(e, told->name);
	e->started |= told->moment == PROCESS_STARTS;
	if (told->moment == PROCESS_ENDS && !e->ended) {
		e->ended = true;
		e->last_ns = told->time_ns;
		e->status = told->status;
	}
}

/* The name of a process may be cut. */
void process_table_image(struct process_table *t, uint32_t pid, int64_t time_ns, const char *path)
{
	struct entry *e = last_of(t, pid);
	const char *base = base_of(path);
	size_t size = strlen(base);
	bool program = size > 4 && !strcasecmp(base + size - 4, ".exe");
	if (e && e->comm[0])
		program = !strncasecmp(base, e->comm, strlen(e->comm));
	if (!program)
		return;
	if (!e)
		e = add(t, pid, time_ns);
	if (!e)
		return;
	if (strchr(path, '\\'))
		copy(e->exe, sizeof e->exe, path);
	fill_names(e, path);
}

/* How far a time is from the process's own. */
static int64_t distance(const struct entry *e, int64_t time_ns)
{
	if (time_ns < e->first_ns)
		return e->first_ns - time_ns;
	return e->ended && time_ns > e->last_ns ? time_ns - e->last_ns : 0;
}

bool process_table_find(const struct process_table *t, uint32_t pid, int64_t time_ns, struct process_row *ret)
{
	const struct entry *best = NULL;
	uint32_t at = t->chains[bucket_of(pid)];
	for (int i = 0; at != NONE && i < LOOKED_AT; i++, at = t->entries[at - 1].next) {
		const struct entry *e = &t->entries[at - 1];
		if (e->pid == pid && (!best || distance(e, time_ns) < distance(best, time_ns)))
			best = e;
	}
	if (!best)
		return false;
	*ret = (struct process_row){t->first_id + (best - t->entries), best->comm};
	return true;
}

static enum status write_end(const struct entry *e, int64_t id, struct ingest *to, struct error *err)
{
	struct row_stream *q = row_begin(to->rows, QUERY_PROCESS_END);
	row_i64(q, 1, id);
	row_i64(q, 2, e->last_ns);
	row_i64(q, 3, e->status);
	return row_end(q, err);
}

static enum status write_entry(const struct entry *e, int64_t id, struct ingest *to, struct error *err)
{
	struct row_stream *q = row_begin(to->rows, QUERY_PROCESS_INSERT);
	row_i64(q, 1, e->pid);
	if (e->ppid)
		row_i64(q, 2, e->ppid);
	row_text(q, 4, e->comm[0] ? e->comm : NULL);
	row_text(q, 5, e->exe[0] ? e->exe : NULL);
	row_i64(q, 7, 0);
	row_i64(q, 8, 0);
	row_i64(q, 9, e->first_ns);
	row_i64(q, 10, id);
	enum status status = row_end(q, err);
	return status || !e->ended ? status : write_end(e, id, to, err);
}

enum status process_table_write(const struct process_table *t, struct ingest *to, struct error *err)
{
	enum status status = OK;
	for (size_t i = 0; i < t->count && !status; i++)
		status = write_entry(&t->entries[i], t->first_id + (int64_t)i, to, err);
	if (!status && t->left_out > 0)
		status = ingest_skip_many(to, "a process more than are kept of a trace", t->left_out, 0, slice_of(NULL, 0), err);
	return status;
}
