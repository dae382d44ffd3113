/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The pattern of a line, in airgap-verify-formats(5):
 *
 *   {time:iso} {process:name}[{pid:number}]: {?to ?}{:endpoint}{*}
 *
 *   text           itself; a blank stands for one or more blanks
 *   {FIELD:KIND}   a part of that kind, for that field ("" or "*": for none)
 *   {?…?}          may be missing; not within another one
 *   {{ and }}      a brace
 *
 * It is read from left to right, once, and so is the line: nothing is tried twice but
 * what follows a part that may be missing.
 */
#include "ingest/description.h"

#include <string.h>

static const struct {
	const char *name;
	enum step_op op;
} kinds[] = {
	{"word", STEP_WORD},	 {"number", STEP_NUMBER},   {"name", STEP_NAME},
	{"quoted", STEP_QUOTED}, {"until", STEP_UNTIL},	    {"rest", STEP_REST},
	{"address", STEP_ADDRESS}, {"endpoint", STEP_ENDPOINT}, {"url", STEP_URL},
	{"socket", STEP_SOCKET}, {"pairs", STEP_PAIRS},
};

struct compiler {
	struct description *d;
	struct slice all;
	struct cursor c;
	size_t optional; /* index of the step that is open; SIZE_MAX: none */
};

static enum status add(struct compiler *p, struct step step, struct error *err)
{
	struct description *d = p->d;
	if (d->step_count == DESCRIPTION_STEPS_MAX)
		return fail(err, ERR_CONFIG, "patterns of more than %d parts", DESCRIPTION_STEPS_MAX);
	d->steps[d->step_count++] = step;
	return OK;
}

static bool at(const struct compiler *p, const char *text)
{
	return slice_starts(cursor_rest(&p->c), text);
}

/* Text up to a brace or a blank; a doubled brace is one of its own. */
static enum status add_literal(struct compiler *p, struct error *err)
{
	struct slice rest = cursor_rest(&p->c);
	size_t size = 0;
	if (at(p, "{{") || at(p, "}}")) {
		cursor_skip(&p->c, 2);
		return add(p, (struct step){.op = STEP_LITERAL, .text = slice_part(rest, 0, 1)}, err);
	}
	while (size < rest.size && !strchr(" \t{}", rest.at[size]) &&
	       !slice_starts(slice_part(rest, size, 2), "?}"))
		size++;
	if (size == 0)
		return fail(err, ERR_CONFIG, "a } without its {; write }} for a brace");
	return add(p, (struct step){.op = STEP_LITERAL, .text = cursor_take(&p->c, size)}, err);
}

static enum status add_blanks(struct compiler *p, struct error *err)
{
	while (at(p, " ") || at(p, "\t"))
		cursor_skip(&p->c, 1);
	return add(p, (struct step){.op = STEP_BLANKS}, err);
}

static enum status begin_optional(struct compiler *p, struct error *err)
{
	if (p->optional != SIZE_MAX)
		return fail(err, ERR_CONFIG, "{? within another {?");
	cursor_skip(&p->c, 2);
	p->optional = p->d->step_count;
	return add(p, (struct step){.op = STEP_OPTIONAL}, err);
}

static enum status end_optional(struct compiler *p, struct error *err)
{
	if (p->optional == SIZE_MAX)
		return fail(err, ERR_CONFIG, "?} without its {?");
	cursor_skip(&p->c, 2);
	p->d->steps[p->optional].size = (unsigned)(p->d->step_count - p->optional - 1);
	p->optional = SIZE_MAX;
	return OK;
}

/* 'text' or nothing. */
static bool quoted_text(struct slice text, struct slice *ret)
{
	*ret = slice_part(text, 1, text.size - 2);
	return text.size > 2 && text.at[0] == '\'' && text.at[text.size - 1] == '\'';
}

static enum status add_time(struct compiler *p, struct slice kind, struct error *err)
{
	struct slice text = kind;
	unsigned layout = 0;
	if (quoted_text(kind, &text))
		kind = text;
	enum status status = kind.size ? description_layout(p->d, kind, &layout, err) : OK;
	return status ? status
		      : add(p, (struct step){.op = STEP_TIME, .field = FIELD_TIME,
					     .layout = (unsigned short)layout}, err);
}

/* "until" may name its end, which else is the text that follows: see end_of_until(). */
static enum status add_kind(struct compiler *p, enum app_field field, struct slice kind, struct error *err)
{
	size_t blank = slice_find(kind, ' ');
	struct slice name = slice_part(kind, 0, blank), text = {0};
	if (blank < kind.size && !quoted_text(slice_trim(slice_part(kind, blank, kind.size)), &text))
		return fail(err, ERR_CONFIG, "behind the kind stands a text in single quotes, or nothing");
	for (size_t i = 0; i < LENGTH(kinds); i++) {
		if (!slice_is(name, kinds[i].name))
			continue;
		if (text.size && kinds[i].op != STEP_UNTIL)
			return fail(err, ERR_CONFIG, "only \"until\" takes a text");
		return add(p, (struct step){.op = (unsigned char)kinds[i].op, .field = (unsigned char)field, .text = text},
			   err);
	}
	return fail(err, ERR_CONFIG, "\"%.*s\" is no kind; there are word, number, name, quoted, until, rest, "
		    "address, endpoint, socket, url, pairs", (int)name.size, name.size ? (const char *)name.at : "");
}

/* {FIELD:KIND}, {FIELD}, {*} */
static enum status add_field(struct compiler *p, struct error *err)
{
	struct slice inner, name;
	struct cursor c = p->c;
	cursor_skip(&c, 1);
	if (!cursor_until(&c, '}', DESCRIPTION_WORD_MAX, &inner))
		return fail(err, ERR_CONFIG, "a { without its }; write {{ for a brace");
	size_t colon = slice_find(inner, ':');
	name = slice_part(inner, 0, colon);
	struct slice kind = slice_part(inner, colon + 1, inner.size);
	enum app_field field = description_field(name);
	if (name.size && !slice_is(name, "*") && field == FIELD_NONE)
		return fail(err, ERR_CONFIG, "there is no field \"%.*s\"", (int)name.size, (const char *)name.at);
	p->c = c;
	if (field == FIELD_TIME)
		return add_time(p, kind, err);
	if (colon == inner.size)
		kind = slice_is(name, "*") ? SLICE("until") : SLICE("word");
	return add_kind(p, field, kind, err);
}

static enum status add_next(struct compiler *p, struct error *err)
{
	if (at(p, "{{") || at(p, "}}"))
		return add_literal(p, err);
	if (at(p, "{?"))
		return begin_optional(p, err);
	if (at(p, "{"))
		return add_field(p, err);
	if (at(p, "?}"))
		return end_optional(p, err);
	if (at(p, " ") || at(p, "\t"))
		return add_blanks(p, err);
	return add_literal(p, err);
}

/* What ends an "until" that names nothing: the text behind it, a blank, or the end. */
static enum status end_of_until(struct step *step, const struct step *next, const struct step *end,
				struct error *err)
{
	if (step->op != STEP_UNTIL || step->text.size)
		return OK;
	if (next == end) {
		step->op = STEP_REST;
		return OK;
	}
	if (next->op == STEP_BLANKS)
		step->text = SLICE(" ");
	else if (next->op == STEP_LITERAL)
		step->text = next->text;
	else
		return fail(err, ERR_CONFIG, "an \"until\" needs a text behind it, or names one: {:until 'text'}");
	return OK;
}

enum status pattern_compile(struct description *d, struct slice pattern, size_t *ret_at, struct error *err)
{
	struct compiler p = {d, pattern, cursor_over(pattern), SIZE_MAX};
	size_t first = d->step_count;
	enum status status = OK;
	while (!status && cursor_left(&p.c) > 0) {
		*ret_at = pattern.size - cursor_left(&p.c);
		size_t before = d->step_count;
		status = add_next(&p, err);
		/* the step before it is known to be followed now */
		if (!status && d->step_count > before && before > first)
			status = end_of_until(&d->steps[before - 1], &d->steps[before], &d->steps[d->step_count], err);
	}
	if (!status && p.optional != SIZE_MAX)
		status = fail(err, ERR_CONFIG, "a {? without its ?}");
	if (!status && d->step_count == first)
		status = fail(err, ERR_CONFIG, "an empty pattern");
	if (status)
		return status;
	struct step *end = &d->steps[d->step_count];
	return end_of_until(end - 1, end, end, err);
}
