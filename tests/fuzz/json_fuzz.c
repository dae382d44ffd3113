/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The JSON reader over any bytes; what it accepts is written again by the writer,
 * and must then read the same.
 */
#include "core/json.h"

#include <stdlib.h>

int LLVMFuzzerTestOneInput(const unsigned char *data, size_t size);

static void require(bool holds)
{
	if (!holds)
		abort();
}

static void write_value(struct json *j, const char *key, const struct json_value *v, char *buffer,
			size_t capacity);

static void write_inner(struct json *j, const struct json_value *v, char *buffer, size_t capacity)
{
	struct json_value inner;
	struct slice key;
	struct cursor c = json_array(v);
	while (json_next(&c, &inner))
		write_value(j, NULL, &inner, buffer, capacity);
	require(v->type != JSON_ARRAY || cursor_left(&c) == 0);
	c = json_object(v);
	while (json_next_member(&c, &key, &inner))
		write_value(j, "k", &inner, buffer, capacity);
	require(v->type != JSON_OBJECT || cursor_left(&c) == 0);
}

static void write_value(struct json *j, const char *key, const struct json_value *v, char *buffer,
			size_t capacity)
{
	struct slice plain;
	switch (v->type) {
	case JSON_STRING:
		require(json_string(v, buffer, capacity, &plain));
		json_add_slice(j, key, plain);
		break;
	case JSON_OBJECT:
		json_begin_object(j, key);
		write_inner(j, v, buffer, capacity);
		json_end_object(j);
		break;
	case JSON_ARRAY:
		json_begin_array(j, key);
		write_inner(j, v, buffer, capacity);
		json_end_array(j);
		break;
	case JSON_ABSENT:
	case JSON_NULL:
	case JSON_FALSE:
	case JSON_TRUE:
	case JSON_NUMBER:
		json_add_raw(j, key, v->raw);
		break;
	}
}

/* The strings of both must be the same plain text. */
static void compare_strings(const struct json_value *a, const struct json_value *b, char *buffer,
			    size_t capacity)
{
	struct slice left, right;
	require(json_string(a, buffer, capacity, &left));
	require(json_string(b, buffer + capacity, capacity, &right));
	require(slice_equal(left, right));
}

static void round_trip(const struct json_value *v, size_t size)
{
	size_t capacity = size + 4;
	char *buffer = must_alloc(2, capacity);
	AUTO_TEXT struct text first = text_make(16 * size + 64), second = text_make(16 * size + 64);
	struct json j = json_on(&first);
	write_value(&j, NULL, v, buffer, capacity);
	struct json_value again;
	require(!first.overflow && !json_read(text_slice(&first), &again, NULL));
	require(again.type == v->type);
	if (v->type == JSON_STRING)
		compare_strings(v, &again, buffer, capacity);
	free(buffer);
	buffer = must_alloc(1, 16 * size + 64);
	j = json_on(&second);
	write_value(&j, NULL, &again, buffer, 16 * size + 64);
	require(slice_equal(text_slice(&first), text_slice(&second)));
	free(buffer);
}

/* In one pass the same is found as in two. */
static void pick_the_same(struct slice input, const struct json_member wanted[], const char *wrong)
{
	static const struct json_path tree[] = {
		{{0}, 1, -1, -1}, {SLICE("a"), -1, 2, 0}, {SLICE("kind"), -1, 3, 1}, {SLICE(""), -1, -1, 2}};
	struct json_value picked[3];
	require((json_pick(input, tree, picked, 3, NULL) != NULL) == (wrong != NULL));
	for (size_t i = 0; i < 3 && !wrong; i++)
		require(picked[i].type == wanted[i].value.type && slice_equal(picked[i].raw, wanted[i].value.raw));
}

int LLVMFuzzerTestOneInput(const unsigned char *data, size_t size)
{
	struct slice input = slice_of(data, size);
	struct json_member wanted[] = {{.key = "a"}, {.key = "kind"}, {.key = ""}};
	struct json_value v;
	size_t at = 0;
	const char *wrong = json_read(input, &v, &at);
	require(at <= size);
	const char *object = json_read_object(input, wanted, LENGTH(wanted), &at);
	require(at <= size);
	pick_the_same(input, wanted, object);
	if (wrong) {
		require(object != NULL);
		return 0;
	}
	int64_t i;
	uint64_t u;
	bool flag;
	json_i64(&v, &i);
	json_u64(&v, UINT64_MAX, &u);
	json_bool(&v, &flag);
	round_trip(&v, size);
	return 0;
}
