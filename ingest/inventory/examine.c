/* SPDX-License-Identifier: Apache-2.0 */
#include "ingest/inventory/examine_state.h"

#include "core/error.h"
#include "ingest/inventory/asar.h"
#include "ingest/inventory/unpack.h"

#include <stdlib.h>
#include <string.h>

enum { LOOK = 64 << 10 };

void examine_note(struct examine *e, enum examine_note what, uint64_t count)
{
	if (count)
		e->sink.noted(e->sink.to, text_slice(&e->path), what, count);
}

static void on_hit(void *to, const struct scan_hit *hit)
{
	struct examine *e = to;
	hits_add(e->hits, hit);
}

static void on_entry(void *to, const struct hits_entry *entry)
{
	struct examine *e = to;
	e->sink.found(e->sink.to, text_slice(&e->path), entry);
}

struct examine *examine_new(const struct scan_known *known, const struct examine_sink *sink)
{
	struct examine *e = must_alloc(1, sizeof *e);
	e->sink = *sink;
	e->scan = scan_new(known, on_hit, e);
	e->hits = hits_new(on_entry, e);
	e->path = text_make(EXAMINE_PATH_MAX);
	return e;
}

void examine_free(struct examine *e)
{
	if (!e)
		return;
	scan_free(e->scan);
	hits_free(e->hits);
	text_free(&e->path);
	free(e);
}

/* Takes from what may be read of this file; false where that is spent. */
static bool spend(struct examine *e, uint64_t bytes)
{
	e->tally.bytes += bytes;
	if (e->tally.bytes <= EXAMINE_BYTES_MAX)
		return true;
	if (!e->spent)
		examine_note(e, EXAMINE_BUDGET, 1);
	e->spent = true;
	return false;
}

static void end_member(struct examine *e)
{
	scan_end(e->scan);
	struct scan_counts counts = scan_take_counts(e->scan);
	hits_flush(e->hits);
	examine_note(e, EXAMINE_DYNAMIC, counts.dynamic);
	examine_note(e, EXAMINE_UNKNOWN, counts.unknown);
}

static void search_memory(struct examine *e, struct slice bytes)
{
	while (bytes.size > 0) {
		size_t room;
		unsigned char *to = scan_room(e->scan, &room);
		struct slice part = slice_part(bytes, 0, room);
		memcpy(to, part.at, part.size);
		scan_add(e->scan, part.size);
		bytes = slice_part(bytes, part.size, bytes.size);
	}
}

void examine_bytes(struct examine *e, const struct range *r)
{
	uint64_t at = 0;
	while (at < r->size && !e->spent) {
		size_t room;
		unsigned char *to = scan_room(e->scan, &room);
		size_t got = range_read(r, at, to, room);
		scan_add(e->scan, got);
		at += got;
		if (got == 0 || !spend(e, got))
			break;
	}
	end_member(e);
	if (at < r->size && !e->spent)
		examine_note(e, EXAMINE_SHORT, 1);
}

size_t examine_enter(struct examine *e, struct slice name)
{
	size_t before = e->path.size;
	if (before)
		text_add_char(&e->path, '!');
	text_add(&e->path, slice_part(name, 0, e->path.max - e->path.size));
	return before;
}

void examine_leave(struct examine *e, size_t before)
{
	e->path.size = before;
	if (e->path.at)
		e->path.at[before] = 0;
}

static void search_rest(struct examine *e, struct unpack *u, struct slice first)
{
	search_memory(e, first);
	for (size_t got = 1; got > 0 && !e->spent;) {
		size_t room;
		unsigned char *to = scan_room(e->scan, &room);
		got = unpack_read(u, to, room);
		scan_add(e->scan, got);
		if (!spend(e, got))
			break;
	}
	end_member(e);
}

/* A member that is an archive itself has to be there as a whole: the lists of most stand
 * at their ends. */
static void open_member(struct examine *e, struct unpack *u, struct slice first)
{
	size_t size = first.size, room = (size_t)4 * LOOK;
	unsigned char *all = must_alloc(room, 1);
	memcpy(all, first.at, size);
	for (size_t got = 1; got > 0 && size < EXAMINE_INNER_MAX && !e->spent; size += got) {
		if (size == room) {
			room *= 2;
			all = must_realloc(all, room, 1);
		}
		got = unpack_read(u, all + size, room - size);
		if (!spend(e, got))
			break;
	}
	if (size < EXAMINE_INNER_MAX) {
		struct slice bytes = slice_of(all, size);
		struct range inner = range_over(&bytes);
		e->depth++;
		examine_range(e, &inner);
		e->depth--;
	} else {
		examine_note(e, EXAMINE_LARGE, 1);
		search_rest(e, u, slice_of(all, size));
	}
	free(all);
}

static bool is_archive(struct slice first)
{
	uint64_t list, files;
	return unpack_sniff(first) == UNPACK_OPENS || asar_sniff(first, &list, &files);
}

static void examine_member(struct examine *e, struct unpack *u)
{
	size_t size = 0, got = 1;
	unsigned char *first = must_alloc(LOOK, 1);
	for (; size < LOOK && got > 0; size += got)
		got = unpack_read(u, first + size, LOOK - size);
	struct slice bytes = slice_of(first, size);
	bool archive = is_archive(bytes);
	if (archive && e->depth >= EXAMINE_DEPTH_MAX)
		examine_note(e, EXAMINE_DEEP, 1);
	else if (unpack_sniff(bytes) == UNPACK_CLOSED)
		examine_note(e, EXAMINE_CLOSED, 1);
	if (spend(e, size) && archive && e->depth < EXAMINE_DEPTH_MAX)
		open_member(e, u, bytes);
	else if (!e->spent)
		search_rest(e, u, bytes);
	free(first);
}

bool examine_count(struct examine *e)
{
	if (++e->tally.members <= EXAMINE_MEMBERS_MAX)
		return !e->spent;
	if (e->tally.members == EXAMINE_MEMBERS_MAX + 1)
		examine_note(e, EXAMINE_MEMBERS, 1);
	return false;
}

uint64_t examine_members(struct examine *e, const struct range *r, bool alone, const char **ret_problem)
{
	struct unpack *u = unpack_new(r, alone);
	struct unpack_member m;
	uint64_t encrypted = 0, count = 0;
	for (; unpack_next(u, &m) && examine_count(e); count++) {
		size_t lead = examine_enter(e, slice_of_string(m.path));
		if (m.encrypted)
			encrypted++;
		else
			examine_member(e, u);
		examine_leave(e, lead);
	}
	examine_note(e, EXAMINE_ENCRYPTED, encrypted);
	*ret_problem = unpack_problem(u);
	unpack_free(u);
	return count;
}

/* What nothing came out of is no archive, whatever it looked like: packed zeros are taken
 * for an empty tar. Then it is one packed file, or plain bytes. */
static void open_archive(struct examine *e, const struct range *r, bool packed)
{
	const char *problem;
	uint64_t count = examine_members(e, r, false, &problem);
	if (count == 0 && packed)
		count = examine_members(e, r, true, &problem);
	if (problem)
		examine_note(e, EXAMINE_DAMAGED, 1);
	if (count == 0)
		examine_bytes(e, r);
}

void examine_range(struct examine *e, const struct range *r)
{
	unsigned char bytes[UNPACK_SNIFF];
	uint64_t list, files;
	struct slice first = slice_of(bytes, range_read(r, 0, bytes, sizeof bytes));
	enum unpack_kind kind = unpack_sniff(first);
	bool asar = asar_sniff(first, &list, &files), windows = slice_starts(first, "MZ");
	if ((kind == UNPACK_OPENS || asar) && e->depth > EXAMINE_DEPTH_MAX) {
		examine_note(e, EXAMINE_DEEP, 1);
		examine_bytes(e, r);
	} else if (asar) {
		examine_asar(e, r, list, files);
	} else if (kind == UNPACK_OPENS) {
		open_archive(e, r, unpack_is_packed(first));
	} else {
		if (kind == UNPACK_CLOSED)
			examine_note(e, EXAMINE_CLOSED, 1);
		examine_bytes(e, r);
		bool program = windows || slice_starts(first, "\x7f" "ELF");
		if (program && e->depth < EXAMINE_DEPTH_MAX)
			examine_program(e, r, windows);
	}
}

struct examine_tally examine_file(struct examine *e, const struct range *file)
{
	e->tally = (struct examine_tally){0};
	e->depth = 0;
	e->spent = false;
	text_clear(&e->path);
	examine_range(e, file);
	return e->tally;
}
