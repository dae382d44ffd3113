/* SPDX-License-Identifier: Apache-2.0 */
#include "ingest/etl/process_table.h"

#include "core/clock.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

enum {
	BUCKETS = 1 << 14,
	BUCKET_BITS = 14,
	LOOKED_AT = 64, /* entries of a chain, the last ones: no trace makes the search long */
	ROOM_FIRST = 64,
	NONE = 0, /* entries are counted from 1 in chains */
	PASSES_MAX = 16, /* over all that are there, to find who descends from whom */
	SAME_NS = CLOCK_SECOND, /* what two providers tell of one start or end is no further apart */
};

/* So long after it started a session may come to tell of a process. */
#define TOLD_NS (10 * CLOCK_SECOND)

struct entry {
	uint32_t pid, ppid, creator, next;
	bool started, ended; /* it was seen to */
	bool member;         /* the session's, by its word or by descent */
	bool told, has_row;  /* by its word; `id` stands in the table of processes */
	int64_t id; /* 0: it has none yet */
	int64_t first_ns, last_ns, status;
	char comm[PROCESS_COMM_MAX], exe[PROCESS_EXE_MAX];
};

struct process_table {
	int64_t *next_id;
	size_t count, room;
	uint64_t left_out;
	struct entry *entries; /* owned */
	uint32_t chains[BUCKETS]; /* the last one first */
};

struct process_table *process_table_new(int64_t *next_id)
{
	struct process_table *t = must_alloc(1, sizeof *t);
	*t = (struct process_table){.next_id = next_id};
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
	return (uint32_t)(pid * UINT64_C(0x9E3779B97F4A7C15) >> (64 - BUCKET_BITS));
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
		if (e->ended && told->time_ns > e->last_ns)
			return false;
		if (e->told) /* maybe late */
			return told->time_ns - e->first_ns < SAME_NS && e->first_ns - told->time_ns < TOLD_NS;
		return !e->started || near(e->first_ns, told->time_ns);
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

/* How far a time is from the process's own. */
static int64_t distance(const struct entry *e, int64_t time_ns)
{
	if (time_ns < e->first_ns)
		return e->first_ns - time_ns;
	return e->ended && time_ns > e->last_ns ? time_ns - e->last_ns : 0;
}

/* The one whose time is the nearest; NULL where nobody ever had that number. */
static struct entry *find(const struct process_table *t, uint32_t pid, int64_t time_ns)
{
	struct entry *best = NULL;
	uint32_t at = t->chains[bucket_of(pid)];
	for (int i = 0; at != NONE && i < LOOKED_AT; i++, at = t->entries[at - 1].next) {
		struct entry *e = &t->entries[at - 1];
		if (e->pid == pid && (!best || distance(e, time_ns) < distance(best, time_ns)))
			best = e;
	}
	return best;
}

static bool was_member(const struct process_table *t, uint32_t pid, int64_t time_ns)
{
	const struct entry *e = pid ? find(t, pid, time_ns) : NULL;
	return e && e->member && distance(e, time_ns) < SAME_NS;
}

/* A program may name another process as its parent than the one that made it: either
 * makes it one of the session. */
static bool descends(const struct process_table *t, const struct entry *e)
{
	return e->started && (was_member(t, e->ppid, e->first_ns) || was_member(t, e->creator, e->first_ns));
}

static void fill_entry(struct process_table *t, struct entry *e, const struct process_told *told)
{
	if (told->time_ns < e->first_ns || (told->moment == PROCESS_STARTS && !e->started))
		e->first_ns = told->time_ns;
	if (told->ppid)
		e->ppid = told->ppid;
	if (told->creator)
		e->creator = told->creator;
	fill_names(e, told->name);
	e->started |= told->moment == PROCESS_STARTS;
	e->member |= descends(t, e);
	if (told->moment != PROCESS_ENDS)
		return;
	if (!e->ended)
		e->status = told->status;
	if (!e->ended || told->time_ns < e->last_ns) /* a session hears of it late */
		e->last_ns = told->time_ns;
	e->ended = true;
}

void process_table_note(struct process_table *t, const struct process_told *told)
{
	struct entry *e = last_of(t, told->pid);
	if (!e || !is_same(e, told))
		e = add(t, told->pid, told->time_ns);
	if (e)
		fill_entry(t, e, told);
}

void process_table_member(struct process_table *t, const struct process_told *told, int64_t id)
{
	struct entry *e = last_of(t, told->pid);
	bool ended = e && e->ended && told->time_ns > e->last_ns;
	bool older = e && e->started && told->time_ns - e->first_ns >= TOLD_NS;
	if (!e || ended || older)
		e = add(t, told->pid, told->time_ns);
	if (!e)
		return;
	fill_entry(t, e, told);
	e->member = e->told = true;
	if (e->id) /* rows name it already: it gets one of its own */
		return;
	e->has_row = true;
	e->id = id;
}

void process_table_end(struct process_table *t, uint32_t pid, int64_t time_ns, int64_t status)
{
	if (last_of(t, pid))
		process_table_note(t, &(struct process_told){
			.moment = PROCESS_ENDS, .pid = pid, .time_ns = time_ns, .name = "", .status = status});
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

static int64_t id_of(struct process_table *t, struct entry *e)
{
	if (!e->id)
		e->id = (*t->next_id)++;
	return e->id;
}

bool process_table_find(struct process_table *t, uint32_t pid, int64_t time_ns, struct process_row *ret)
{
	struct entry *e = find(t, pid, time_ns);
	if (!e)
		return false;
	*ret = (struct process_row){id_of(t, e), e->comm, e->member && distance(e, time_ns) < SAME_NS};
	return true;
}

static enum status write_end(const struct entry *e, struct ingest *to, struct error *err)
{
	struct row_stream *q = row_begin(to->rows, QUERY_PROCESS_END);
	row_i64(q, 1, e->id);
	row_i64(q, 2, e->last_ns);
	row_i64(q, 3, e->status);
	return row_end(q, err);
}

static enum status write_entry(struct process_table *t, struct entry *e, struct ingest *to, struct error *err)
{
	struct row_stream *q = row_begin(to->rows, QUERY_PROCESS_INSERT);
	row_i64(q, 1, e->pid);
	if (e->ppid)
		row_i64(q, 2, e->ppid);
	row_text(q, 4, e->comm[0] ? e->comm : NULL);
	row_text(q, 5, e->exe[0] ? e->exe : NULL);
	row_i64(q, 7, 0);
	row_i64(q, 8, e->member);
	row_i64(q, 9, e->first_ns);
	row_i64(q, 10, id_of(t, e));
	e->has_row = true;
	enum status status = row_end(q, err);
	return status || !e->ended ? status : write_end(e, to, err);
}

/* Events come in any order: a child may have been told of before its parent was. */
static void settle(struct process_table *t)
{
	bool more = true;
	for (int pass = 0; more && pass < PASSES_MAX; pass++) {
		more = false;
		for (size_t i = 0; i < t->count; i++) {
			struct entry *e = &t->entries[i];
			if (e->member || !descends(t, e))
				continue;
			e->member = more = true;
		}
	}
}

enum status process_table_write(struct process_table *t, struct ingest *to, struct error *err)
{
	enum status status = OK;
	settle(t);
	for (size_t i = 0; i < t->count && !status; i++)
		if (!t->entries[i].has_row)
			status = write_entry(t, &t->entries[i], to, err);
	if (!status && t->left_out > 0)
		status = ingest_skip_many(to, "a process more than are kept of a trace", t->left_out, 0, slice_of(NULL, 0), err);
	return status;
}
