/* SPDX-License-Identifier: Apache-2.0 */
/*
 * RFC 8259. The reader walks the text once with a cursor; containers are
 * checked by recursion that JSON_DEPTH_MAX bounds.
 */
#include "core/json.h"

#include <string.h>

/* What is wanted of the value at hand: a node of a tree, or nothing (-1). */
struct pick {
	const struct json_path *tree;
	struct json_value *slots;
	int node;
};

static const struct pick nothing = {NULL, NULL, -1};

static const char *check_value(struct cursor *c, struct json_value *ret, unsigned depth, struct pick want);

static void skip_space(struct cursor *c)
{
	while (cursor_left(c) > 0) {
		unsigned char byte = *c->at;
		if (byte != ' ' && byte != '\t' && byte != '\n' && byte != '\r')
			return;
		cursor_skip(c, 1);
	}
}

static int peek(const struct cursor *c)
{
	return cursor_left(c) > 0 ? *c->at : -1;
}

static bool step_over(struct cursor *c, unsigned char byte)
{
	if (peek(c) != byte)
		return false;
	cursor_skip(c, 1);
	return true;
}

/* Most bytes of most strings: what needs no look. */
static void skip_plain(struct cursor *c)
{
	struct slice rest = cursor_rest(c);
	size_t n = 0;
	while (n < rest.size && rest.at[n] >= 0x20 && rest.at[n] < 0x80 && rest.at[n] != '"' && rest.at[n] != '\\')
		n++;
	cursor_skip(c, n);
}

/* Section 7. The cursor stands behind the opening quote. */
static const char *check_string(struct cursor *c, struct json_value *ret)
{
	struct slice from = cursor_rest(c);
	for (;;) {
		skip_plain(c);
		int byte = peek(c);
		if (byte < 0)
			return "a string without its end";
		if (byte < 0x20)
			return "a control character inside a string";
		if (byte == '"')
			break;
		if (byte >= 0x80) {
			uint32_t code;
			size_t size = text_utf8(cursor_rest(c), &code);
			if (size == 0)
				return "bytes that are not UTF-8 inside a string";
			cursor_skip(c, size);
			continue;
		}
		cursor_skip(c, 1);
		if (byte != '\\')
			continue;
		int escape = peek(c);
		cursor_skip(c, 1);
		if (escape == 'u') {
			uint64_t unit;
			if (!slice_hex_u64(cursor_take(c, 4), 0xffff, &unit))
				return "\\u without four hexadecimal digits";
		} else if (escape <= 0 || !strchr("\"\\/bfnrt", escape)) {
			return "an unknown escape inside a string";
		}
	}
	*ret = (struct json_value){JSON_STRING, slice_part(from, 0, from.size - cursor_left(c))};
	cursor_skip(c, 1);
	return NULL;
}

static bool skip_digits(struct cursor *c)
{
	bool any = false;
	while (peek(c) >= '0' && peek(c) <= '9') {
		cursor_skip(c, 1);
		any = true;
	}
	return any;
}

/* Section 6. */
static const char *check_number(struct cursor *c, struct json_value *ret)
{
	struct slice from = cursor_rest(c);
	step_over(c, '-');
	if (!step_over(c, '0') && !skip_digits(c))
		return "a number without digits";
	if (step_over(c, '.') && !skip_digits(c))
		return "a number without digits behind its point";
	if (peek(c) == 'e' || peek(c) == 'E') {
		cursor_skip(c, 1);
		if (!step_over(c, '+'))
			step_over(c, '-');
		if (!skip_digits(c))
			return "a number without digits in its exponent";
	}
	*ret = (struct json_value){JSON_NUMBER, slice_part(from, 0, from.size - cursor_left(c))};
	return NULL;
}

static const char *check_literal(struct cursor *c, struct json_value *ret)
{
	static const struct {
		const char *word;
		enum json_type type;
	} words[] = {{"null", JSON_NULL}, {"false", JSON_FALSE}, {"true", JSON_TRUE}};
	for (size_t i = 0; i < LENGTH(words); i++) {
		if (!slice_starts(cursor_rest(c), words[i].word))
			continue;
		*ret = (struct json_value){words[i].type, cursor_take(c, strlen(words[i].word))};
		return NULL;
	}
	return "no JSON value";
}

/* The child of a wanted node that has this key. */
static struct pick want_member(struct pick want, struct slice key)
{
	int child = want.node < 0 ? -1 : want.tree[want.node].child;
	while (child >= 0 && !slice_equal(want.tree[child].key, key))
		child = want.tree[child].next;
	want.node = child;
	return want;
}

static struct pick want_element(struct pick want, size_t number)
{
	int child = want.node < 0 ? -1 : want.tree[want.node].child;
	uint64_t key;
	for (; child >= 0; child = want.tree[child].next)
		if (slice_u64(want.tree[child].key, JSON_MEMBERS_MAX, &key) && key == number)
			break;
	want.node = child;
	return want;
}

static const char *check_wanted(struct cursor *c, struct json_value *ret, unsigned depth, struct pick want)
{
	const char *wrong = check_value(c, ret, depth, want);
	short slot = want.node < 0 ? -1 : want.tree[want.node].slot;
	if (wrong || slot < 0)
		return wrong;
	if (want.slots[slot].type != JSON_ABSENT)
		return "a key that stands there twice";
	want.slots[slot] = *ret;
	return NULL;
}

/* Section 4; the cursor stands on the key. */
static const char *check_member(struct cursor *c, struct slice *ret_key, struct json_value *ret,
				unsigned depth, struct pick want)
{
	skip_space(c);
	if (!step_over(c, '"'))
		return "a member without a key";
	struct json_value key;
	const char *wrong = check_string(c, &key);
	if (wrong)
		return wrong;
	skip_space(c);
	if (!step_over(c, ':'))
		return "a key without its colon";
	*ret_key = key.raw;
	return check_wanted(c, ret, depth, want_member(want, key.raw));
}

/* Sections 4 and 5; the cursor stands behind the opening bracket. */
static const char *check_container(struct cursor *c, struct json_value *ret, unsigned depth,
				   struct slice from, struct pick want)
{
	bool object = ret->type == JSON_OBJECT;
	unsigned char close = object ? '}' : ']';
	if (depth > JSON_DEPTH_MAX)
		return "nested too deep";
	skip_space(c);
	for (size_t n = 0; !(n == 0 && peek(c) == close); n++) {
		if (n >= JSON_MEMBERS_MAX)
			return "too many members";
		struct slice key;
		struct json_value inner;
		const char *wrong = object ? check_member(c, &key, &inner, depth, want)
					   : check_wanted(c, &inner, depth, want_element(want, n));
		if (wrong)
			return wrong;
		skip_space(c);
		if (!step_over(c, ','))
			break;
	}
	if (!step_over(c, close))
		return object ? "an object without its end" : "an array without its end";
	ret->raw = slice_part(from, 0, from.size - cursor_left(c));
	return NULL;
}

static const char *check_value(struct cursor *c, struct json_value *ret, unsigned depth, struct pick want)
{
	skip_space(c);
	struct slice from = cursor_rest(c);
	switch (peek(c)) {
	case -1:
		return "nothing where a value should stand";
	case '"':
		cursor_skip(c, 1);
		return check_string(c, ret);
	case '{':
		cursor_skip(c, 1);
		ret->type = JSON_OBJECT;
		return check_container(c, ret, depth + 1, from, want);
	case '[':
		cursor_skip(c, 1);
		ret->type = JSON_ARRAY;
		return check_container(c, ret, depth + 1, from, want);
	case '-':
	case '0': case '1': case '2': case '3': case '4':
	case '5': case '6': case '7': case '8': case '9':
		return check_number(c, ret);
	default:
		return check_literal(c, ret);
	}
}

static const char *read_all(struct slice text, struct json_value *ret, struct pick want, size_t *ret_at)
{
	struct cursor c = cursor_over(text);
	const char *wrong = check_value(&c, ret, 0, want);
	if (!wrong) {
		skip_space(&c);
		if (cursor_left(&c) > 0)
			wrong = "something behind the value";
	}
	if (ret_at)
		*ret_at = text.size - cursor_left(&c);
	return wrong;
}

const char *json_read(struct slice text, struct json_value *ret, size_t *ret_at)
{
	return read_all(text, ret, nothing, ret_at);
}

const char *json_pick(struct slice text, const struct json_path tree[], struct json_value slots[],
		      size_t count, size_t *ret_at)
{
	struct json_value all;
	for (size_t i = 0; i < count; i++)
		slots[i] = (struct json_value){0};
	const char *wrong = read_all(text, &all, (struct pick){tree, slots, 0}, ret_at);
	if (wrong || all.type == JSON_OBJECT)
		return wrong;
	if (ret_at)
		*ret_at = 0;
	return "no JSON object";
}

static const char *fill_in(struct json_member wanted[], size_t count, struct slice key, const struct json_value *value)
{
	for (size_t i = 0; i < count; i++) {
		if (!slice_is(key, wanted[i].key))
			continue;
		if (wanted[i].value.type != JSON_ABSENT)
			return "a key that stands there twice";
		wanted[i].value = *value;
		break;
	}
	return NULL;
}

const char *json_read_object(struct slice text, struct json_member wanted[], size_t count,
			     size_t *ret_at)
{
	for (size_t i = 0; i < count; i++)
		wanted[i].value = (struct json_value){0};
	struct json_value all;
	const char *wrong = json_read(text, &all, ret_at);
	if (wrong)
		return wrong;
	if (all.type != JSON_OBJECT) {
		if (ret_at)
			*ret_at = 0;
		return "no JSON object";
	}
	struct cursor members = json_object(&all);
	struct slice key;
	struct json_value value;
	while (!wrong && json_next_member(&members, &key, &value))
		wrong = fill_in(wanted, count, key, &value);
	if (wrong && ret_at)
		*ret_at = text.size - cursor_left(&members);
	return wrong;
}

struct cursor json_array(const struct json_value *array)
{
	if (array->type != JSON_ARRAY || array->raw.size < 2)
		return cursor_over(slice_of(NULL, 0));
	return cursor_over(slice_part(array->raw, 1, array->raw.size - 2));
}

struct cursor json_object(const struct json_value *object)
{
	if (object->type != JSON_OBJECT || object->raw.size < 2)
		return cursor_over(slice_of(NULL, 0));
	return cursor_over(slice_part(object->raw, 1, object->raw.size - 2));
}

bool json_next(struct cursor *elements, struct json_value *ret)
{
	skip_space(elements);
	if (cursor_left(elements) == 0 || check_value(elements, ret, 0, nothing))
		return false;
	skip_space(elements);
	step_over(elements, ',');
	return true;
}

bool json_next_member(struct cursor *members, struct slice *ret_key, struct json_value *ret)
{
	skip_space(members);
	if (cursor_left(members) == 0 || check_member(members, ret_key, ret, 0, nothing))
		return false;
	skip_space(members);
	step_over(members, ',');
	return true;
}
