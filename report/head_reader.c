/* SPDX-License-Identifier: Apache-2.0 */
#include "report/head_file.h"

static void note(struct head_reader *r, const char *wrong)
{
	r->unreadable++;
	if (!r->why)
		r->why = wrong;
}

static void take_head(struct head_reader *r, struct slice text, head_fn *found, void *context)
{
	struct head h;
	struct head_register held;
	const char *wrong = head_read(text, &h);
	if (wrong && !r->export && !head_register_read(text, &held))
		return; /* it stands between heads */
	if (wrong) {
		note(r, wrong);
		return;
	}
	r->heads++;
	found(context, &h, r->line);
}

static void take_line(struct head_reader *r, struct slice line, head_fn *found, void *context)
{
	r->line += !r->export;
	if (!r->export && line.size && r->replay)
		head_replay_line(r->replay, line, r->line);
	if (!r->export && line.size)
		take_head(r, line, found, context);
	else if (r->export && slice_starts(line, HEAD_FIELD))
		take_head(r, slice_part(line, strlen(HEAD_FIELD), line.size), found, context);
}

/* The size of a field that may hold anything; false where it is not here yet. */
static bool take_size(struct head_reader *r, struct cursor *c)
{
	struct cursor ahead = *c;
	uint64_t size = cursor_le64(&ahead);
	if (ahead.short_read)
		return false;
	*c = ahead;
	r->skip = size < UINT64_MAX ? size + 1 : size;
	return true;
}

static void skip(struct head_reader *r, struct cursor *c)
{
	size_t part = r->skip < cursor_left(c) ? (size_t)r->skip : cursor_left(c);
	cursor_skip(c, part);
	r->skip -= part;
}

/* The next line, its LF stepped over. One that is too long is passed over piece by piece. */
static bool next_line(struct head_reader *r, struct cursor *c, bool at_end, struct slice *ret)
{
	if (cursor_until(c, '\n', HEAD_PIECE_MAX, ret))
		return true;
	bool too_long = cursor_left(c) > HEAD_PIECE_MAX;
	if (!too_long && !at_end)
		return false;
	*ret = cursor_take(c, too_long ? HEAD_PIECE_MAX : cursor_left(c));
	if (too_long && !r->passing && !r->export)
		note(r, "a line that is too long");
	r->line += too_long && !r->passing && !r->export;
	r->passing = r->passing || too_long;
	return !too_long;
}

/* One line, or one field; false where there is no whole one. */
static bool step(struct head_reader *r, struct cursor *c, bool at_end, head_fn *found, void *context)
{
	struct cursor before = *c;
	struct slice line;
	if (r->skip) {
		skip(r, c);
		return true;
	}
	if (!next_line(r, c, at_end, &line))
		return r->passing && cursor_left(c) < cursor_left(&before);
	if (r->passing) {
		r->passing = false;
		return true;
	}
	if (r->export && line.size && slice_find(line, '=') == line.size) {
		if (take_size(r, c))
			return true;
		if (!at_end) {
			*c = before;
			return false;
		}
		note(r, "a field that is cut off");
		cursor_skip(c, cursor_left(c));
		return true;
	}
	take_line(r, line, found, context);
	return true;
}

size_t head_reader_feed(struct head_reader *r, struct slice have, bool at_end, head_fn *found, void *context)
{
	struct cursor c = cursor_over(have);
	if (!r->begun && have.size) {
		r->begun = true;
		r->export = have.at[0] == '_'; /* __CURSOR= comes first */
	}
	while (cursor_left(&c) > 0 && step(r, &c, at_end, found, context))
		;
	return have.size - cursor_left(&c);
}
