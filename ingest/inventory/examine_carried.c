/* SPDX-License-Identifier: Apache-2.0 */
/* Files that carry others without being an archive of a kind that libarchive reads. */
#include "ingest/inventory/examine_state.h"

#include "core/error.h"
#include "ingest/inventory/asar.h"
#include "ingest/inventory/unpack.h"

#include <stdlib.h>

enum { NAME_MAX_BYTES = 64, CARRIED_MAX = 16 /* archives in one installer */ };

struct asar_walk {
	struct examine *e;
	const struct range *all;
	uint64_t files; /* where they begin */
};

static void on_file(void *to, const struct asar_file *file)
{
	struct asar_walk *w = to;
	struct examine *e = w->e;
	if (!examine_count(e))
		return;
	size_t lead = examine_enter(e, file->path);
	uint64_t from = w->files + file->offset; /* both far below an overflow */
	struct range r = range_part(w->all, from, file->size);
	if (r.size < file->size)
		examine_note(e, EXAMINE_SHORT, 1);
	e->depth++;
	examine_range(e, &r);
	e->depth--;
	examine_leave(e, lead);
}

void examine_asar(struct examine *e, const struct range *r, uint64_t list, uint64_t files)
{
	struct asar_walk w = {e, r, files};
	const char *problem = "its list of files is too long";
	unsigned char *bytes = list <= ASAR_LIST_MAX && list <= r->size ? must_alloc((size_t)list, 1) : NULL;
	if (bytes) {
		size_t got = range_read(r, ASAR_FIRST, bytes, (size_t)list);
		problem = asar_read(slice_of(bytes, got), on_file, &w);
	}
	free(bytes);
	if (!problem)
		return;
	examine_note(e, EXAMINE_ASAR, 1);
	examine_bytes(e, r);
}

/* Where nothing comes out, the mark stood in the program's own text. */
static uint64_t open_carried(struct examine *e, const struct range *carried)
{
	const char *problem;
	uint64_t count = examine_members(e, carried, false, &problem);
	if (count && problem)
		examine_note(e, EXAMINE_DAMAGED, 1);
	return count;
}

/* Installers carry 7z archives somewhere, or packed data that only they can unpack. */
static void open_installer(struct examine *e, const struct range *r)
{
	uint64_t at = 0, count = 0;
	for (int i = 0; i < CARRIED_MAX && !e->spent; i++) {
		at = range_search(r, at, SLICE("7z\xbc\xaf\x27\x1c"));
		if (at == r->size)
			break;
		AUTO_TEXT struct text name = text_make(NAME_MAX_BYTES);
		text_addf(&name, "7z@%llu", (unsigned long long)at);
		struct range carried = range_part(r, at++, r->size);
		size_t lead = examine_enter(e, text_slice(&name));
		count += open_carried(e, &carried);
		examine_leave(e, lead);
	}
	if (count == 0 && range_search(r, 0, SLICE("\xef\xbe\xad\xdeNullsoftInst")) < r->size)
		examine_note(e, EXAMINE_CLOSED, 1);
}

void examine_program(struct examine *e, const struct range *r, bool windows)
{
	if (unpack_has_tail(r))
		(void)open_carried(e, r);
	else if (windows)
		open_installer(e, r);
}
