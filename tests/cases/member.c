/* SPDX-License-Identifier: Apache-2.0 */
#include "tests/cases/cases.h"

const char *member_text(struct arena *arena, const struct json_value *v)
{
	char buffer[16 << 10];
	struct slice plain;
	if (!json_string(v, buffer, sizeof buffer, &plain))
		return NULL;
	return arena_string(arena, plain);
}

/* Ports stand as numbers with some peers and as text with others. */
int64_t member_number(const struct json_value *v)
{
	int64_t number = -1;
	if (v->type == JSON_STRING && slice_i64(v->raw, INT64_MAX, &number))
		return number;
	return json_i64(v, &number) ? number : -1;
}

struct address address_of(const char *text)
{
	struct address a = {.family = ADDRESS_NONE};
	struct slice s = text ? slice_of_string(text) : slice_of(NULL, 0);
	if (slice_starts(s, "[") && slice_ends(s, "]"))
		s = slice_part(s, 1, s.size - 2);
	if (!address_parse(s, &a))
		a.family = ADDRESS_NONE;
	return a;
}

static void add_end(struct text *out, const struct address *a, int32_t port)
{
	char text[ADDRESS_TEXT_MAX];
	address_text(a, text);
	text_add_string(out, text);
	if (port >= 0)
		text_addf(out, "#%d", port);
}

const char *ends_text(struct arena *arena, const struct ends *e)
{
	AUTO_TEXT struct text out = text_make(CASES_WHAT_MAX);
	if (e->proto)
		text_addf(&out, "%s ", e->proto);
	add_end(&out, &e->a, e->a_port);
	text_add_string(&out, " > ");
	add_end(&out, &e->b, e->b_port);
	const char *text = arena_string(arena, text_slice(&out));
	return text ? text : "";
}
