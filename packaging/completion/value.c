/* SPDX-License-Identifier: Apache-2.0 */
#include "packaging/completion/value.h"

#include "packaging/completion/words.h"

#include <string.h>

enum { WORDS_MAX = 1 << 16 };

static bool has(struct slice in, const char *part)
{
	return slice_search(in, slice_of_string(part)) < in.size;
}

/* "add" of "add|remove DIR": letters that are not shouted stand for themselves. */
static bool is_literal(struct slice word)
{
	for (size_t i = 0; i < word.size; i++)
		if (!(word.at[i] >= 'a' && word.at[i] <= 'z') && word.at[i] != '-')
			return false;
	return word.size > 0 && word.at[0] != '-';
}

static void take_place(struct slice place, struct value *ret)
{
	ret->files |= has(place, "FILE") || has(place, "PATH");
	ret->folders |= has(place, "DIR");
	ret->pids |= slice_is(place, "PID");
	ret->command |= slice_is(place, "COMMAND");
	if (is_literal(place)) {
		text_add(&ret->words, place);
		text_add_char(&ret->words, '\n');
	}
}

/* "FILE…|DIR" */
static void take_places(struct slice places, struct value *ret)
{
	struct cursor c = cursor_over(places);
	struct slice place;
	while (cursor_left(&c) > 0) {
		if (!cursor_until(&c, '|', places.size, &place)) {
			place = cursor_rest(&c);
			cursor_skip(&c, cursor_left(&c));
		}
		take_place(place, ret);
	}
}

void value_of_option(const struct command *c, const struct argument *a, struct value *ret)
{
	*ret = (struct value){.words = text_make(WORDS_MAX)};
	words_add(c ? c->name : NULL, a->name, &ret->words, &ret->list, &ret->open);
	if (!ret->words.size && a->value)
		take_places(slice_of_string(a->value), ret);
	ret->named = a->value && slice_starts(slice_of_string(a->value), "[NAME=]");
	ret->ids = !strcmp(a->name, "--session");
}

static bool takes_value(const struct command *c, struct slice option)
{
	for (size_t i = 0; i < c->argument_count; i++) {
		const struct argument *a = &c->arguments[i];
		const char letter[] = {'-', a->letter, 0};
		if (slice_is(option, a->name) || (a->letter && slice_is(option, letter)))
			return a->kind != ARGUMENT_FLAG;
	}
	return false;
}

/* Passes over the options in "--policy FILE [options] DIR" and over what they take. */
void value_of_rest(const struct command *c, struct value *ret)
{
	struct cursor usage = cursor_over(slice_of_string(c->usage));
	struct slice word, before = {0};
	*ret = (struct value){.words = text_make(WORDS_MAX)};
	words_add(c->name, NULL, &ret->words, &ret->list, &ret->open);
	bool named = ret->words.size > 0;
	while (cursor_word(&usage, 1024, &word)) {
		if (!named && !slice_starts(word, "[") && !slice_starts(word, "-") && !takes_value(c, before))
			take_places(word, ret);
		before = word;
	}
	ret->sessions = ret->folders;
}

void value_free(struct value *v)
{
	text_free(&v->words);
}

bool value_next(struct cursor *words, struct slice *ret)
{
	return cursor_line(words, ret, NULL);
}
