/* SPDX-License-Identifier: Apache-2.0 */
#include "core/json.h"

struct json json_on(struct text *out)
{
	return (struct json){.out = out};
}

/* Bytes that stand in a string as they are: printable ASCII without '"' and '\\'. */
static size_t plain_run(struct slice value)
{
	size_t n = 0;
	while (n < value.size && value.at[n] >= 0x20 && value.at[n] < 0x7f && value.at[n] != '"' &&
	       value.at[n] != '\\')
		n++;
	return n;
}

static void add_special(struct text *out, struct cursor *c)
{
	uint32_t code = 0;
	size_t size = text_utf8(cursor_rest(c), &code);
	struct slice sequence = cursor_take(c, size ? size : 1);
	if (size == 0)
		text_add_string(out, "\xef\xbf\xbd");
	else if (code == '"' || code == '\\')
		text_addf(out, "\\%c", (char)code);
	else if (code == '\n')
		text_add_string(out, "\\n");
	else if (code == '\t')
		text_add_string(out, "\\t");
	else if (code < 0x20 || code == 0x7f || code == 0x2028 || code == 0x2029)
		text_addf(out, "\\u%04x", code);
	else
		text_add(out, sequence);
}

static void add_quoted(struct text *out, struct slice value)
{
	text_add_char(out, '"');
	struct cursor c = cursor_over(value);
	while (cursor_left(&c) > 0) {
		struct slice run = cursor_take(&c, plain_run(cursor_rest(&c)));
		text_add(out, run);
		if (cursor_left(&c) > 0)
			add_special(out, &c);
	}
	text_add_char(out, '"');
}

/* The comma and the key that stand before a value. */
static void lead(struct json *j, const char *key)
{
	uint64_t bit = UINT64_C(1) << j->depth;
	if (j->filled & bit)
		text_add_char(j->out, ',');
	j->filled |= bit;
	if (key) { /* ours, and plain */
		text_add_char(j->out, '"');
		text_add_string(j->out, key);
		text_add(j->out, SLICE("\":"));
	}
}

static void begin(struct json *j, const char *key, char bracket)
{
	lead(j, key);
	text_add_char(j->out, bracket);
	if (j->depth + 1 > JSON_DEPTH_MAX)
		die("JSON nested deeper than %d", JSON_DEPTH_MAX);
	j->depth++;
	j->filled &= ~(UINT64_C(1) << j->depth);
}

static void end(struct json *j, char bracket)
{
	text_add_char(j->out, bracket);
	j->depth--;
}

void json_begin_object(struct json *j, const char *key)
{
	begin(j, key, '{');
}

void json_end_object(struct json *j)
{
	end(j, '}');
}

void json_begin_array(struct json *j, const char *key)
{
	begin(j, key, '[');
}

void json_end_array(struct json *j)
{
	end(j, ']');
}

void json_add_slice(struct json *j, const char *key, struct slice value)
{
	lead(j, key);
	add_quoted(j->out, value);
}

void json_add_string(struct json *j, const char *key, const char *value)
{
	if (value)
		json_add_slice(j, key, slice_of_string(value));
	else
		json_add_null(j, key);
}

void json_add_i64(struct json *j, const char *key, int64_t value)
{
	lead(j, key);
	text_add_i64(j->out, value);
}

void json_add_u64(struct json *j, const char *key, uint64_t value)
{
	lead(j, key);
	text_add_u64(j->out, value);
}

void json_add_bool(struct json *j, const char *key, bool value)
{
	lead(j, key);
	text_add_string(j->out, value ? "true" : "false");
}

void json_add_null(struct json *j, const char *key)
{
	lead(j, key);
	text_add_string(j->out, "null");
}

void json_add_time(struct json *j, const char *key, int64_t ns)
{
	if (ns)
		json_add_i64(j, key, ns);
	else
		json_add_null(j, key);
}

void json_add_hex(struct json *j, const char *key, const void *bytes, size_t size)
{
	lead(j, key);
	text_add_char(j->out, '"');
	text_add_hex(j->out, bytes, size);
	text_add_char(j->out, '"');
}

void json_add_raw(struct json *j, const char *key, struct slice json_text)
{
	lead(j, key);
	text_add(j->out, json_text);
}
