/* SPDX-License-Identifier: Apache-2.0 */
#include "redact/members.h"

#include <stdlib.h>
#include <string.h>

enum { PLAIN_MAX = 64 << 20, WORD_MAX = 160 };

bool members_string(const struct json_value *v, struct text *ret)
{
	struct slice plain;
	if (v->type != JSON_STRING)
		return false;
	char *buffer = must_alloc(v->raw.size + 1, 1);
	bool good = json_string(v, buffer, v->raw.size + 1, &plain);
	text_clear(ret);
	if (good)
		text_add(ret, plain);
	free(buffer);
	return good && !ret->overflow;
}

static const struct member_known *find(const struct member_form *f, struct slice key)
{
	for (size_t i = 0; i < f->member_count; i++)
		if (slice_is(key, f->members[i].key))
			return &f->members[i];
	return NULL;
}

static bool is_of(const struct member_override *o, const char *parent)
{
	return o->parent ? parent && !strcmp(o->parent, parent) : !parent;
}

static const struct member_override *find_override(const struct member_form *f, const char *parent, struct slice key)
{
	for (size_t i = 0; i < f->override_count; i++)
		if (is_of(&f->overrides[i], parent) && slice_is(key, f->overrides[i].key))
			return &f->overrides[i];
	return NULL;
}

/* What the collector writes of itself is short, and no more than a few signs stand in it. */
static bool is_own_word(struct slice word)
{
	for (size_t i = 0; i < word.size; i++)
		if (!(pseudonym_is_part(word.at[i]) && word.at[i] < 0x80) && !memchr(" -_.,:;/+()'", word.at[i], 12))
			return false;
	return word.size <= WORD_MAX;
}

static void write_string(const struct member_form *f, enum member_kind kind, const struct json_value *v, const char *key,
			 struct json *j)
{
	AUTO_TEXT struct text plain = text_make(PLAIN_MAX);
	if (!members_string(v, &plain)) {
		json_add_null(j, key);
		return;
	}
	unsigned char *at = (unsigned char *)plain.at;
	if (kind == MEMBER_HEX)
		pseudonym_hex(f->pseudonyms, at, plain.size);
	else if (kind != MEMBER_AS_IS || !is_own_word(text_slice(&plain)))
		mask_text(f->pseudonyms, kind == MEMBER_NAME ? MASK_NAME : kind == MEMBER_PATH ? MASK_PATH : MASK_TEXT, at, plain.size);
	json_add_slice(j, key, text_slice(&plain));
}

static void write_object(const struct member_form *f, const struct json_value *v, const char *key, const char *parent,
			 struct json *j);

static void write_value(const struct member_form *f, enum member_kind kind, const struct json_value *v, const char *key,
			struct json *j)
{
	struct json_value element;
	switch (v->type) {
	case JSON_STRING:
		write_string(f, kind, v, key, j);
		break;
	case JSON_OBJECT:
		write_object(f, v, key, key ? key : "", j);
		break;
	case JSON_ARRAY:
		json_begin_array(j, key);
		for (struct cursor c = json_array(v); json_next(&c, &element);)
			write_value(f, kind, &element, NULL, j);
		json_end_array(j);
		break;
	case JSON_ABSENT:
		break;
	case JSON_NULL:
	case JSON_FALSE:
	case JSON_TRUE:
	case JSON_NUMBER:
		json_add_raw(j, key, v->raw);
		break;
	}
}

static void write_members(const struct member_form *f, const struct json_value *object, const char *parent, struct json *j)
{
	struct slice key;
	struct json_value value;
	for (struct cursor c = json_object(object); json_next_member(&c, &key, &value);) {
		const struct member_known *m = find(f, key);
		if (find_override(f, parent, key))
			continue;
		if (m)
			write_value(f, m->kind, &value, m->key, j);
		else
			++*f->left_out;
	}
	for (size_t i = 0; i < f->override_count; i++)
		if (is_of(&f->overrides[i], parent) && f->overrides[i].json.size)
			json_add_raw(j, f->overrides[i].key, f->overrides[i].json);
}

static void write_object(const struct member_form *f, const struct json_value *v, const char *key, const char *parent,
			 struct json *j)
{
	json_begin_object(j, key);
	write_members(f, v, parent, j);
	json_end_object(j);
}

void members_write(const struct member_form *form, const struct json_value *object, const char *key, struct json *j)
{
	write_object(form, object, key, NULL, j);
}
