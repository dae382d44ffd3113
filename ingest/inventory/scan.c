/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Every name has a dot, every URL a colon, or what escapes one: memchr() finds these, and
 * the bytes behind them dismiss nearly all. So that a name is never cut, SCAN_BEHIND bytes stay in the
 * buffer behind what is looked at, and SCAN_BEFORE before.
 *
 *   | before | looked at … | behind |
 */
#include "ingest/inventory/scan.h"

#include "core/error.h"
#include "ingest/inventory/scan_text.h"
#include "ingest/inventory/top_level.h"

#include <stdlib.h>
#include <string.h>

enum {
	BEFORE = 1024, /* a name of 253 bytes in UTF-16 is 506 */
	BEHIND = 1024, /* scan_url.c looks no further */
	BLOCK = 256 << 10,
	LETTERS = 26,
};

struct scan {
	struct scan_known known;
	scan_sink *sink;
	void *to;
	struct scan_counts counts;
	uint64_t base;  /* offset of the first byte in the buffer */
	size_t at, end; /* what was looked at, what is there */
	size_t url_end; /* dots before it belong to a URL that was told */
	bool pairs[LETTERS * LETTERS]; /* how last labels that count alone begin */
	unsigned char bytes[BEFORE + BLOCK + BEHIND];
};

static void mark_pair(struct scan *s, struct slice label)
{
	if (label.size >= 2 && label.at[0] >= 'a' && label.at[0] <= 'z' && label.at[1] >= 'a' &&
	    label.at[1] <= 'z')
		s->pairs[(label.at[0] - 'a') * LETTERS + label.at[1] - 'a'] = true;
}

struct scan *scan_new(const struct scan_known *known, scan_sink *sink, void *to)
{
	struct scan *s = must_alloc(1, sizeof *s);
	struct slice label;
	enum top_level kind;
	s->known = *known;
	s->sink = sink;
	s->to = to;
	for (size_t at = 0; top_level_next(&at, &label, &kind);)
		if (kind >= TOP_LEVEL_THREE)
			mark_pair(s, label);
	for (size_t i = 0; i < known->count; i++)
		mark_pair(s, scan_last_label(known->at[i]));
	return s;
}

void scan_free(struct scan *s)
{
	free(s);
}

static void look_at_url(struct scan *s, size_t at)
{
	struct scan_text text = {.bytes = slice_of(s->bytes, s->end), .at = at, .step = 1};
	struct scan_url url;
	if (s->bytes[at] == '\\' && at > 0 && s->bytes[at - 1] == '\\')
		return; /* of a run of them the first one stands for all */
	switch (scan_url_read(&text, &url)) {
	case HOSTNAME_NONE:
		return;
	case HOSTNAME_DYNAMIC:
		s->counts.dynamic++;
		break;
	case HOSTNAME_UNKNOWN:
		s->counts.unknown++;
		break;
	case HOSTNAME_NAME:
	case HOSTNAME_ADDRESS:
		url.hit.offset = s->base + at;
		s->sink(s->to, &url.hit);
		break;
	}
	s->url_end = url.end > s->url_end ? url.end : s->url_end;
}

static void look_at_dot(struct scan *s, size_t at)
{
	struct scan_text text = {.bytes = slice_of(s->bytes, s->end), .at = at, .step = 1};
	struct scan_name name;
	size_t step = at + 1 < s->end && s->bytes[at + 1] == 0 ? 2 : 1;
	if (at < s->url_end || at + 2 * step >= s->end)
		return;
	unsigned first = s->bytes[at + step] - 'a', second = s->bytes[at + 2 * step] - 'a';
	if (first >= LETTERS || second >= LETTERS || !s->pairs[first * LETTERS + second])
		return;
	text.step = step;
	if (!scan_name_read(&text, &s->known, &name))
		return;
	name.hit.offset = s->base + name.from;
	s->sink(s->to, &name.hit);
}

/* A byte that may tell of a host, and what has to stand behind it, if anything: of a URL
 * ':', "%3A", "\x3a", "\u003a", "&#58;", and what doubles them; in UTF-16 a NUL. */
struct mark {
	unsigned char byte;
	const char *behind;
	void (*look_at)(struct scan *s, size_t at);
};

static const struct mark marks[] = {
	{'.', NULL, look_at_dot},
	{':', "/\\%&", look_at_url},
	{'%', "23", look_at_url},
	{'\\', "xu\\", look_at_url},
	{'&', "#c", look_at_url},
};

/* The next of them at or behind `at`; `limit` where there is none before it. */
static size_t next(const struct scan *s, const struct mark *m, size_t at, size_t limit)
{
	struct slice all = slice_of(s->bytes, limit);
	for (; at < limit; at++) {
		at += slice_find(slice_part(all, at, limit), m->byte);
		if (!m->behind || (at + 1 < s->end && strchr(m->behind, s->bytes[at + 1])))
			break;
	}
	return at < limit ? at : limit;
}

static void look(struct scan *s, size_t limit)
{
	size_t found[LENGTH(marks)];
	for (size_t i = 0; i < LENGTH(marks); i++)
		found[i] = next(s, &marks[i], s->at, limit);
	for (;;) {
		size_t first = 0;
		for (size_t i = 1; i < LENGTH(marks); i++)
			first = found[i] < found[first] ? i : first;
		if (found[first] >= limit)
			break;
		marks[first].look_at(s, found[first]);
		found[first] = next(s, &marks[first], found[first] + 1, limit);
	}
	s->at = limit > s->at ? limit : s->at;
}

unsigned char *scan_room(struct scan *s, size_t *ret_size)
{
	if (sizeof s->bytes - s->end < BLOCK / 2) {
		size_t drop = s->at > BEFORE ? s->at - BEFORE : 0;
		memmove(s->bytes, s->bytes + drop, s->end - drop);
		s->base += drop;
		s->at -= drop;
		s->end -= drop;
		s->url_end = s->url_end > drop ? s->url_end - drop : 0;
	}
	*ret_size = sizeof s->bytes - s->end;
	return s->bytes + s->end;
}

void scan_add(struct scan *s, size_t size)
{
	s->end += size;
	if (s->end > BEHIND)
		look(s, s->end - BEHIND);
}

void scan_end(struct scan *s)
{
	look(s, s->end);
	s->base = 0;
	s->at = s->end = s->url_end = 0;
}

struct scan_counts scan_take_counts(struct scan *s)
{
	struct scan_counts counts = s->counts;
	s->counts = (struct scan_counts){0};
	return counts;
}
