/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The steps of a pattern (pattern.c), run over a text from left to right.
 */
#include "ingest/described.h"

#include "core/address.h"

struct run {
	const struct description *d;
	const struct log_time_context *with;
	struct cursor c;
	struct found *found;
};

enum class { BLANK = 1, DIGIT = 2, NAME = 4, ADDRESS = 8, URL_END = 16 };

static unsigned class_of(unsigned char byte)
{
	bool digit = byte >= '0' && byte <= '9', hex = (byte | 0x20) >= 'a' && (byte | 0x20) <= 'f';
	bool letter = (byte | 0x20) >= 'a' && (byte | 0x20) <= 'z';
	bool blank = byte == ' ' || byte == '\t';
	unsigned class = (blank ? BLANK : 0u) | (digit ? DIGIT : 0u);
	if (letter || digit || byte == '.' || byte == '_' || byte == '-' || byte == '/')
		class |= NAME;
	if (digit || hex || byte == '.' || byte == ':')
		class |= ADDRESS;
	if (byte <= ' ' || byte == '"' || byte == '\'' || byte == '\\' || byte == '<' || byte == '>' ||
	    byte == '`' || byte == ',' || byte == ';' || byte == ')')
		class |= URL_END;
	return class;
}

/* As long as the bytes are of that class, or are not. */
static struct slice take_while(struct cursor *c, unsigned class, bool of_it)
{
	struct slice rest = cursor_rest(c);
	size_t n = 0;
	while (n < rest.size && ((class_of(rest.at[n]) & class) != 0) == of_it)
		n++;
	return cursor_take(c, n);
}

/* "…" without its quotes; escapes stay. */
static bool take_quoted(struct cursor *c, struct slice *ret)
{
	struct slice rest = cursor_rest(c);
	size_t n = 1;
	if (rest.size < 2 || rest.at[0] != '"')
		return false;
	while (n < rest.size && rest.at[n] != '"')
		n += rest.at[n] == '\\' ? 2 : 1;
	if (n >= rest.size)
		return false;
	*ret = slice_part(rest, 1, n - 1);
	cursor_skip(c, n + 1);
	return true;
}

static bool take_until(struct cursor *c, struct slice end, struct slice *ret)
{
	struct slice rest = cursor_rest(c);
	size_t n = slice_search(rest, end);
	if (n == rest.size)
		return false;
	*ret = cursor_take(c, n);
	return true;
}

static bool take_address(struct cursor *c, struct slice *ret)
{
	struct address a;
	*ret = take_while(c, ADDRESS, true);
	if (slice_starts(cursor_rest(c), "%")) { /* the interface of a link-local one */
		cursor_skip(c, 1);
		take_while(c, NAME, true);
	}
	return address_parse(*ret, &a);
}

/* "192.0.2.1:443", "[2001:db8::1]:443", "name:443", with '#' for the last ':' too. */
static bool take_endpoint(struct run *r, enum app_field field)
{
	struct slice host, rest = cursor_rest(&r->c), port = {0};
	if (slice_starts(rest, "[")) {
		cursor_skip(&r->c, 1);
		if (!cursor_until(&r->c, ']', 64, &host))
			return false;
	} else {
		host = take_while(&r->c, NAME, true);
	}
	rest = cursor_rest(&r->c);
	struct slice mark = slice_part(rest, 0, 1), digit = slice_part(rest, 1, 1);
	if ((slice_is(mark, ":") || slice_is(mark, "#")) && digit.size && (class_of(digit.at[0]) & DIGIT)) {
		cursor_skip(&r->c, 1);
		port = take_while(&r->c, DIGIT, true);
	}
	r->found->fields[field] = host;
	if (port.size)
		r->found->fields[field == FIELD_SRC ? FIELD_SPORT : FIELD_PORT] = port;
	return host.size > 0;
}

/* The same with a port that must be there, so that its ':' is the last one, also of
 * "2001:db8::1:443" and "fe80::1%en0:443". */
static bool take_socket(struct run *r, enum app_field field)
{
	struct slice rest = cursor_rest(&r->c);
	if (slice_starts(rest, "["))
		return take_endpoint(r, field) && r->found->fields[field == FIELD_SRC ? FIELD_SPORT : FIELD_PORT].size;
	struct cursor c = r->c;
	take_while(&c, NAME | ADDRESS, true);
	if (slice_starts(cursor_rest(&c), "%")) {
		cursor_skip(&c, 1);
		take_while(&c, NAME | ADDRESS, true);
	}
	size_t colon = rest.size - cursor_left(&c);
	while (colon > 0 && rest.at[colon - 1] != ':')
		colon--;
	struct slice host = slice_part(rest, 0, colon ? colon - 1 : 0);
	cursor_skip(&r->c, colon);
	struct slice port = take_while(&r->c, DIGIT, true);
	r->found->fields[field] = host;
	r->found->fields[field == FIELD_SRC ? FIELD_SPORT : FIELD_PORT] = port;
	return host.size > 0 && port.size > 0;
}

static bool set_pair(struct run *r, struct slice key, struct slice value)
{
	for (size_t i = 0; i < r->d->pair_count; i++) {
		const struct pair *p = &r->d->pairs[i];
		if (p->key.size != key.size || !slice_equal(p->key, key))
			continue;
		if (p->field == FIELD_TIME) {
			if (!r->found->has_time)
				r->found->has_time =
					log_time_read(&r->d->layouts[0], r->with, value, &r->found->time);
		} else if (!r->found->fields[p->field].at) {
			r->found->fields[p->field] = value;
		}
		return true;
	}
	return false;
}

/* KEY=value, KEY="a value", and words that are neither; the first of a key counts. */
static bool take_pairs(struct run *r)
{
	struct slice rest = cursor_rest(&r->c);
	size_t at = 0;
	bool closed = true; /* no quote without an end so far: none behind it has one */
	while (at < rest.size) {
		size_t from = at, equals = SIZE_MAX;
		while (at < rest.size && rest.at[at] != ' ' && rest.at[at] != '"') {
			if (rest.at[at] == '=' && equals == SIZE_MAX)
				equals = at;
			at++;
		}
		struct slice key = slice_part(rest, from, equals - from);
		struct slice value = slice_part(rest, equals + 1, at - equals - 1);
		if (at < rest.size && rest.at[at] == '"') {
			struct cursor c = cursor_over(slice_part(rest, at, rest.size));
			size_t before = cursor_left(&c);
			closed = closed && take_quoted(&c, &value);
			if (!closed)
				cursor_skip(&c, 1);
			at += before - cursor_left(&c);
		}
		if (equals != SIZE_MAX)
			set_pair(r, key, value);
		at += at < rest.size && rest.at[at] == ' ';
	}
	cursor_skip(&r->c, rest.size);
	return true;
}

static bool run_step(struct run *r, const struct step *step)
{
	struct slice value = {0};
	struct cursor *c = &r->c;
	bool good = true;
	switch ((enum step_op)step->op) {
	case STEP_LITERAL:
		return slice_equal(cursor_take(c, step->text.size), step->text);
	case STEP_BLANKS:
		return take_while(c, BLANK, true).size > 0;
	case STEP_WORD:
		value = take_while(c, BLANK, false);
		good = value.size > 0;
		break;
	case STEP_NUMBER:
		value = take_while(c, DIGIT, true);
		good = value.size > 0;
		break;
	case STEP_NAME:
		value = take_while(c, NAME, true);
		good = value.size > 0;
		break;
	case STEP_QUOTED:
		good = take_quoted(c, &value);
		break;
	case STEP_UNTIL:
		good = take_until(c, step->text, &value);
		break;
	case STEP_REST:
		value = cursor_take(c, cursor_left(c));
		break;
	case STEP_ADDRESS:
		good = take_address(c, &value);
		break;
	case STEP_ENDPOINT:
		return take_endpoint(r, (enum app_field)step->field);
	case STEP_SOCKET:
		return take_socket(r, (enum app_field)step->field);
	case STEP_URL:
		value = take_while(c, URL_END, false);
		good = value.size > 0;
		break;
	case STEP_TIME:
		r->found->has_time = log_time_take(&r->d->layouts[step->layout], r->with, c, &r->found->time);
		return r->found->has_time;
	case STEP_PAIRS:
		return take_pairs(r);
	case STEP_OPTIONAL:
		return true;
	}
	r->found->fields[step->field] = value;
	return good;
}

/* All of them, or the cursor and what was found stay as they were. */
static bool run_optional(struct run *r, const struct step steps[], size_t count)
{
	struct cursor from = r->c;
	struct found before = *r->found;
	for (size_t i = 0; i < count; i++)
		if (!run_step(r, &steps[i])) {
			r->c = from;
			*r->found = before;
			return false;
		}
	return true;
}

bool pattern_match(const struct description *d, const struct rule *rule, struct slice text,
		   const struct log_time_context *with, struct found *ret)
{
	struct run r = {d, with, cursor_over(text), ret};
	const struct step *steps = &d->steps[rule->step];
	for (size_t i = 0; i < rule->step_count; i++) {
		if (steps[i].op == STEP_OPTIONAL) {
			run_optional(&r, &steps[i + 1], steps[i].size);
			i += steps[i].size;
		} else if (!run_step(&r, &steps[i])) {
			return false;
		}
	}
	return cursor_left(&r.c) == 0;
}
