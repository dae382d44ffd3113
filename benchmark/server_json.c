/* SPDX-License-Identifier: Apache-2.0 */
#include "benchmark/server_json.h"

#include <stdio.h>

enum { NUMBER_MAX = 64, EXPONENT_MAX = 40 };

void server_json_text(const struct json_value *v, char *ret, size_t capacity)
{
	char plain[1024];
	struct slice raw = v->type == JSON_NUMBER ? v->raw : slice_of(NULL, 0);
	struct json_value part = {v->type, slice_part(v->raw, 0, sizeof plain)};
	AUTO_TEXT struct text text = text_make(capacity - 1);
	if (v->type == JSON_STRING && !json_string(&part, plain, sizeof plain, &raw))
		raw = slice_of(NULL, 0);
	size_t most = raw.size < capacity ? raw.size : capacity - 1;
	for (size_t size = most; size > 0; size--) { /* what fits, its escapes included */
		text_clear(&text);
		text_add_printable(&text, slice_part(raw, 0, size), size);
		if (!text.overflow)
			break;
	}
	if (text.overflow || !slice_to_string(text_slice(&text), ret, capacity))
		ret[0] = 0;
}

void server_json_name(const struct json_value *v, char *ret, size_t capacity)
{
	char plain[1024];
	struct slice name;
	if (v->raw.size > sizeof plain || !json_string(v, plain, sizeof plain, &name) ||
	    !slice_to_string(name, ret, capacity))
		ret[0] = 0;
}

int64_t server_json_i64(const struct json_value *v, int64_t otherwise)
{
	int64_t number;
	return json_i64(v, &number) && number >= 0 ? number : otherwise;
}

uint64_t server_json_u64(const struct json_value *v)
{
	uint64_t number;
	return json_u64(v, INT64_MAX, &number) ? number : 0;
}

/* Digits of a number that has been checked, the point left out; those behind it count. */
static double take_digits(struct cursor *c, int *ret_behind)
{
	double value = 0;
	bool point = false;
	*ret_behind = 0;
	while (cursor_left(c) > 0) {
		struct cursor next = *c;
		unsigned char digit = cursor_u8(&next);
		if (digit == '.')
			point = true;
		else if (digit < '0' || digit > '9')
			break;
		else {
			value = value * 10 + (digit - '0');
			*ret_behind += point;
		}
		*c = next;
	}
	return value;
}

int64_t server_json_ms(const struct json_value *v)
{
	struct cursor c = cursor_over(v->raw);
	int64_t exponent = 0;
	int behind;
	if (v->type != JSON_NUMBER || v->raw.size > NUMBER_MAX)
		return -1;
	double value = take_digits(&c, &behind);
	if (cursor_left(&c) > 0) {
		cursor_skip(&c, 1); /* e, E, or the minus in front: what follows then is no exponent */
		struct slice rest = cursor_rest(&c);
		if (slice_starts(rest, "+"))
			rest = slice_part(rest, 1, rest.size);
		if (slice_starts(v->raw, "-") || !slice_i64(rest, EXPONENT_MAX, &exponent))
			return -1;
	}
	for (int64_t shift = exponent - behind + 6; shift; shift += shift > 0 ? -1 : 1)
		value = shift > 0 ? value * 10 : value / 10;
	return value <= 100.0 * 86400e9 ? (int64_t)(value + 0.5) : -1;
}

void server_json_add_number(struct json *j, const char *key, double value)
{
	char text[32];
	int64_t thousandths = value > 0 && value < 1e6 ? (int64_t)(value * 1000 + 0.5) : 0;
	snprintf(text, sizeof text, "%lld.%03lld", (long long)(thousandths / 1000), (long long)(thousandths % 1000));
	json_add_raw(j, key, slice_of_string(text)); /* printf() alone would ask the locale for a point */
}

struct json_value server_json_member(const struct json_value *object, const char *key)
{
	struct json_member wanted[] = {{key, {0}}};
	if (object->type != JSON_OBJECT || json_read_object(object->raw, wanted, 1, NULL))
		return (struct json_value){0};
	return wanted[0].value;
}
