/* SPDX-License-Identifier: Apache-2.0 */
#ifndef CORE_JSON_H
#define CORE_JSON_H

/*
 * JSON (RFC 8259): a writer onto a struct text, and a reader that points into
 * the input and allocates nothing.
 *
 * The reader is strict: one value, nothing behind it but white space, depth at
 * most JSON_DEPTH_MAX, no key twice among the members that were asked for.
 * Strings are handed out as they stand (escapes included) and made plain by
 * json_string() into a buffer of the caller.
 */

#include "core/cursor.h"
#include "core/text.h"

enum {
	JSON_DEPTH_MAX = 32,
	JSON_MEMBERS_MAX = 1 << 20, /* members of one object, elements of one array */
};

/* Writing. Keys and values in the order of the calls; a key is NULL inside an
 * array and for the outermost value. Bytes that are not UTF-8 become U+FFFD. */
struct json {
	struct text *out; /* not owned */
	unsigned depth;
	uint64_t filled; /* bit n: something stands already at depth n */
};

struct json json_on(struct text *out);
void json_begin_object(struct json *j, const char *key);
void json_end_object(struct json *j);
void json_begin_array(struct json *j, const char *key);
void json_end_array(struct json *j);
void json_add_slice(struct json *j, const char *key, struct slice value);
void json_add_string(struct json *j, const char *key, const char *value); /* NULL → null */
void json_add_i64(struct json *j, const char *key, int64_t value);
void json_add_u64(struct json *j, const char *key, uint64_t value);
void json_add_bool(struct json *j, const char *key, bool value);
void json_add_null(struct json *j, const char *key);
void json_add_time(struct json *j, const char *key, int64_t ns); /* 0 is null: not known */
void json_add_hex(struct json *j, const char *key, const void *bytes, size_t size);
void json_add_raw(struct json *j, const char *key, struct slice json_text); /* as it stands */

/* Reading. */
enum json_type {
	JSON_ABSENT = 0, /* the member did not stand there */
	JSON_NULL,
	JSON_FALSE,
	JSON_TRUE,
	JSON_NUMBER,
	JSON_STRING,
	JSON_OBJECT,
	JSON_ARRAY,
};

struct json_value {
	enum json_type type;
	struct slice raw; /* in the input; a string without its quotes */
};

struct json_member {
	const char *key;
	struct json_value value; /* filled in by json_read_object() */
};

/* Reads one object: checks all of it and fills in the wanted members; those that
 * do not stand there become JSON_ABSENT, others are passed over. Returns NULL, or
 * what is wrong (a constant), with its byte offset in `ret_at` (may be NULL). */
const char *json_read_object(struct slice text, struct json_member wanted[], size_t count,
			     size_t *ret_at);

/* Members deep inside that are wanted, as a tree: [0] stands for the whole value, its
 * children for members; of an array the key is the number of an element. */
struct json_path {
	struct slice key;
	short child, next; /* its first child, the next child of the same one; -1: none */
	short slot;        /* where its value goes; -1: nowhere */
};

/* Checks one object and fills in the slots, all in one pass; else as json_read_object(). */
const char *json_pick(struct slice text, const struct json_path tree[], struct json_value slots[],
		      size_t count, size_t *ret_at);

/* Checks one value of any type. */
const char *json_read(struct slice text, struct json_value *ret, size_t *ret_at);

/* Steps through the elements of an array value that has been checked. */
struct cursor json_array(const struct json_value *array);
bool json_next(struct cursor *elements, struct json_value *ret);

/* Steps through the members of an object value that has been checked. */
struct cursor json_object(const struct json_value *object);
bool json_next_member(struct cursor *members, struct slice *ret_key, struct json_value *ret);

/* The plain text of a string value: the input itself where it holds no escape,
 * else written to `buffer`. False where the value is no string or the buffer is
 * too small. An escaped lone surrogate becomes U+FFFD. */
bool json_string(const struct json_value *v, char *buffer, size_t capacity, struct slice *ret);

/* A whole number, also one given as a string of digits is refused. */
bool json_i64(const struct json_value *v, int64_t *ret);
bool json_u64(const struct json_value *v, uint64_t max, uint64_t *ret);
bool json_bool(const struct json_value *v, bool *ret);

#endif
