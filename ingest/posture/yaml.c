/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The part of YAML 1.2 in which settings are written: block mappings and sequences of
 * scalars, plain or quoted, on one line each; flow sequences of plain scalars. Block
 * scalars are passed over. Everything else (anchors, aliases, tags, flow mappings,
 * scalars over several lines, tabs as indentation) is told as not understood.
 *
 *   models:
 *     - name: local          →  models.0.name = local
 *       apiBase: "http://…"  →  models.0.apiBase = http://…
 */
#include "ingest/posture/scalar.h"

#include <stdlib.h>

enum { DEPTH_MAX = 32 };

struct level {
	size_t indent;
	size_t base, whole; /* lengths of the path: of the container, of its current member */
	bool sequence;
	unsigned count;
};

struct yaml {
	struct posture *p;
	struct scalar_path path;
	struct level levels[DEPTH_MAX];
	size_t depth;
	bool passing;  /* a block scalar goes on */
	size_t block;  /* the indentation it must pass */
};

static enum status unsure(struct yaml *y, const char *why, struct slice line, struct error *err)
{
	return posture_unsure(y->p, why, line, err);
}

static struct level *top(struct yaml *y)
{
	return y->depth ? &y->levels[y->depth - 1] : NULL;
}

/* The container that a member at this indentation belongs to; NULL: too deep. */
static struct level *container(struct yaml *y, size_t indent, bool sequence)
{
	struct level *t = top(y);
	while (t && (t->indent > indent || (t->indent == indent && t->sequence && !sequence))) {
		y->depth--;
		t = top(y);
	}
	if (t && t->indent == indent && t->sequence == sequence)
		return t;
	if (y->depth == DEPTH_MAX)
		return NULL;
	size_t base = t ? t->whole : 0;
	y->levels[y->depth++] = (struct level){indent, base, base, sequence, 0};
	return top(y);
}

/* The colon that ends a key: one with a blank or nothing behind it. */
static bool split_key(struct slice text, struct slice *ret_key, struct slice *ret_value)
{
	struct slice rest;
	if (scalar_quoted(text, ret_key, &rest)) {
		rest = slice_trim(rest);
		*ret_value = slice_trim(slice_part(rest, 1, rest.size));
		return slice_starts(rest, ":");
	}
	for (size_t i = 0; i < text.size; i++) {
		bool ends = i + 1 == text.size || text.at[i + 1] == ' ' || text.at[i + 1] == '\t';
		if (text.at[i] != ':' || !ends)
			continue;
		*ret_key = slice_trim(slice_part(text, 0, i));
		*ret_value = slice_trim(slice_part(text, i + 1, text.size));
		return ret_key->size > 0;
	}
	return false;
}

static enum status flow_sequence(struct yaml *y, struct slice value, struct error *err)
{
	size_t before = y->path.used;
	struct slice inside = slice_part(value, 1, value.size - 2);
	for (size_t i = 0; i < inside.size; i++)
		if (memchr("[]{}\"':", inside.at[i], 7))
			return unsure(y, "a list that is more than plain words", value, err);
	struct cursor c = cursor_over(inside);
	enum status status = OK;
	for (unsigned n = 0; !status && cursor_left(&c) > 0; n++) {
		struct slice item;
		if (!cursor_until(&c, ',', POSTURE_LINE_MAX, &item)) {
			item = cursor_rest(&c);
			cursor_skip(&c, item.size);
		}
		if (scalar_push_number(&y->path, before, n))
			status = posture_fact(y->p, scalar_path(&y->path), slice_trim(item), err);
	}
	y->path.used = before;
	return status;
}

static enum status take_value(struct yaml *y, struct slice value, size_t indent, struct slice line,
			      struct error *err)
{
	struct slice inside, rest;
	if (value.size == 0 || value.at[0] == '#')
		return OK; /* what belongs to it follows, or it is null */
	if (value.at[0] == '|' || value.at[0] == '>') {
		y->passing = true;
		y->block = indent;
		return OK;
	}
	if (scalar_quoted(value, &inside, &rest)) {
		rest = slice_trim(rest);
		if (rest.size > 0 && rest.at[0] != '#')
			return unsure(y, "something behind a quoted value", line, err);
		return posture_fact(y->p, scalar_path(&y->path), inside, err);
	}
	struct slice plain = scalar_uncomment(value, '#');
	if (slice_is(plain, "{}") || slice_is(plain, "[]"))
		return OK;
	if (slice_starts(plain, "[") && slice_ends(plain, "]"))
		return flow_sequence(y, plain, err);
	if (memchr("&*!{[\"'%@`", value.at[0], 10))
		return unsure(y, "a value of a kind that is not read", line, err);
	return posture_fact(y->p, scalar_path(&y->path), plain, err);
}

static enum status take_member(struct yaml *y, struct slice text, size_t indent, struct slice line,
			       struct error *err)
{
	struct slice key, value;
	if (!split_key(text, &key, &value))
		return unsure(y, "a line that is no setting", line, err);
	if (slice_is(key, "<<"))
		return unsure(y, "settings merged from elsewhere", line, err);
	struct level *l = container(y, indent, false);
	if (!l || !scalar_push(&y->path, l->base, key))
		return unsure(y, "settings nested too deep", line, err);
	l->whole = y->path.used;
	return take_value(y, value, indent, line, err);
}

static enum status take_line(struct yaml *y, struct slice line, struct error *err)
{
	size_t indent = 0;
	while (indent < line.size && line.at[indent] == ' ')
		indent++;
	struct slice text = slice_part(line, indent, line.size);
	if (y->passing && (indent > y->block || slice_trim(text).size == 0))
		return OK;
	y->passing = false;
	if (slice_trim(text).size == 0 || text.at[0] == '#' || slice_is(slice_trim(text), "---"))
		return OK;
	if (text.at[0] == '\t' || text.at[0] == '%')
		return unsure(y, "a line that is no setting", line, err);
	while (slice_is(text, "-") || slice_starts(text, "- ")) {
		struct level *l = container(y, indent, true);
		if (!l || !scalar_push_number(&y->path, l->base, l->count++))
			return unsure(y, "settings nested too deep", line, err);
		l->whole = y->path.used;
		size_t step = 1;
		while (step < text.size && text.at[step] == ' ')
			step++;
		text = slice_part(text, step, text.size);
		struct slice key, value;
		bool more = slice_is(text, "-") || slice_starts(text, "- ");
		if (!more && !split_key(text, &key, &value))
			return take_value(y, text, indent, line, err);
		indent += step;
	}
	return take_member(y, text, indent, line, err);
}

enum status posture_yaml(struct posture *p, struct slice text, struct error *err)
{
	struct yaml *y = must_alloc(1, sizeof *y);
	struct cursor c = cursor_over(slice_starts(text, "\xef\xbb\xbf") ? slice_part(text, 3, text.size) : text);
	struct slice line;
	enum status status = OK;
	*y = (struct yaml){.p = p};
	while (!status && cursor_line(&c, &line, NULL))
		status = line.size <= POSTURE_LINE_MAX
				 ? take_line(y, line, err)
				 : unsure(y, "a line that is too long", slice_part(line, 0, 120), err);
	free(y);
	return status;
}
