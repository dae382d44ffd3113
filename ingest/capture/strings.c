/* SPDX-License-Identifier: Apache-2.0 */
#include "ingest/capture/strings.h"

#include "core/arena.h"
#include "core/text.h"

#include <stdlib.h>

enum { BUCKETS = 2 * STRINGS_MAX };

struct strings {
	struct arena *arena;
	size_t count;
	const char *all[BUCKETS];
};

struct strings *strings_new(void)
{
	struct strings *s = must_alloc(1, sizeof *s);
	s->arena = arena_new((size_t)STRINGS_MAX * 8 * STRINGS_BYTES_MAX);
	return s;
}

void strings_free(struct strings *s)
{
	if (!s)
		return;
	arena_free(s->arena);
	free(s);
}

/* At half of the places taken the way to a free one is short, but for whoever
 * means to make it long: then it is BUCKETS at most. */
const char *strings_keep(struct strings *s, struct slice text)
{
	AUTO_TEXT struct text shown = text_make(8 * STRINGS_BYTES_MAX);
	uint32_t h = 0;
	if (text.size == 0)
		return NULL;
	text_add_printable(&shown, text, STRINGS_BYTES_MAX);
	for (size_t i = 0; i < shown.size; i++)
		h = (h ^ (unsigned char)shown.at[i]) * UINT32_C(16777619);
	size_t at = h % BUCKETS;
	for (; s->all[at]; at = (at + 1) % BUCKETS)
		if (slice_is(text_slice(&shown), s->all[at]))
			return s->all[at];
	if (s->count == STRINGS_MAX)
		return NULL;
	s->count++;
	s->all[at] = arena_string(s->arena, text_slice(&shown));
	return s->all[at];
}
