/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Settings in JSON (RFC 8259, with the comments and trailing commas that editors take):
 * each scalar under the path that leads to it, members by their name and elements by
 * their number, with '.' between. A name with dots in it reads the same as a path, which
 * is how VS Code means it.
 */
#include "ingest/posture/jsonc.h"
#include "ingest/posture/posture.h"

#include "core/json.h"

#include <stdio.h>
#include <stdlib.h>

enum { SETTINGS_MAX = 8 << 20, STRING_MAX = 64 << 10 };

struct flatten {
	struct posture *p;
	char *buffer;                 /* of STRING_MAX */
	char path[POSTURE_NAME_MAX];
	size_t used;
};

static enum status add(struct flatten *f, const struct json_value *v, struct error *err);

/* Puts a part behind the path; false where it does not fit. */
static bool push(struct flatten *f, struct slice part)
{
	size_t dot = f->used ? 1 : 0;
	if (part.size + dot >= sizeof f->path - f->used)
		return false;
	if (dot)
		f->path[f->used++] = '.';
	if (part.size)
		memcpy(f->path + f->used, part.at, part.size);
	f->used += part.size;
	return true;
}

static enum status too_long(struct flatten *f, struct error *err)
{
	return posture_unsure(f->p, "a setting with a name that is too long", slice_of(f->path, f->used), err);
}

static enum status add_members(struct flatten *f, const struct json_value *v, struct error *err)
{
	struct cursor members = json_object(v);
	struct json_value inner;
	struct slice key;
	size_t before = f->used;
	enum status status = OK;
	while (!status && json_next_member(&members, &key, &inner)) {
		status = push(f, key) ? add(f, &inner, err) : too_long(f, err);
		f->used = before;
	}
	return status;
}

static enum status add_elements(struct flatten *f, const struct json_value *v, struct error *err)
{
	struct cursor elements = json_array(v);
	struct json_value inner;
	size_t before = f->used;
	enum status status = OK;
	for (unsigned i = 0; !status && json_next(&elements, &inner); i++) {
		char number[16];
		snprintf(number, sizeof number, "%u", i);
		status = push(f, slice_of_string(number)) ? add(f, &inner, err) : too_long(f, err);
		f->used = before;
	}
	return status;
}

static enum status add(struct flatten *f, const struct json_value *v, struct error *err)
{
	struct slice value = v->raw;
	if (f->p->facts > POSTURE_FACTS_MAX)
		return OK; /* which was counted */
	if (v->type == JSON_OBJECT)
		return add_members(f, v, err);
	if (v->type == JSON_ARRAY)
		return add_elements(f, v, err);
	if (v->type == JSON_STRING && !json_string(v, f->buffer, STRING_MAX, &value))
		value = slice_part(v->raw, 0, STRING_MAX);
	return posture_fact(f->p, slice_of(f->path, f->used), value, err);
}

static bool is_empty(struct slice text)
{
	size_t at = 0;
	while (at < text.size && text.at[at] <= ' ')
		at++;
	return at == text.size;
}

enum status posture_json(struct posture *p, struct slice text, struct error *err)
{
	AUTO_TEXT struct text plain = text_make(SETTINGS_MAX);
	struct json_value v;
	size_t at = 0;
	if (is_empty(text))
		return OK; /* such a file sets nothing */
	jsonc_plain(text, &plain);
	const char *wrong = plain.overflow ? "larger than settings are" : json_read(text_slice(&plain), &v, &at);
	if (wrong)
		return posture_unsure(p, wrong, slice_part(text, at, 120), err);
	struct flatten *f = must_alloc(1, sizeof *f);
	f->p = p;
	f->used = 0;
	f->buffer = must_alloc(STRING_MAX, 1);
	enum status status = add(f, &v, err);
	free(f->buffer);
	free(f);
	return status;
}
