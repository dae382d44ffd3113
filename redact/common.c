/* SPDX-License-Identifier: Apache-2.0 */
/*
 * schema/redact.tsv: lines of two fields with a tab between, the first a heading: what the
 * words of a line are, and the words with blanks between.
 */
#include "redact/common.h"

#include "core/intern.h"
#include "core/text.h"
#include "tables.h" /* generated */

#include <stdlib.h>

enum { TEXTS_MAX = 1 << 30, WORD_MAX = 1 << 20 };

struct common {
	struct intern *known, *kept; /* words that stay in common text; everywhere */
};

bool common_is_part(unsigned char c)
{
	return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c >= 0x80;
}

struct slice common_lower(struct text *buffer, struct slice word)
{
	text_clear(buffer);
	text_add(buffer, word);
	for (size_t i = 0; i < buffer->size; i++)
		if (buffer->at[i] >= 'A' && buffer->at[i] <= 'Z')
			buffer->at[i] = (char)(buffer->at[i] + 'a' - 'A');
	return text_slice(buffer);
}

static void add_words(struct intern *to, struct slice text)
{
	AUTO_TEXT struct text lower = text_make(WORD_MAX);
	for (size_t at = 0, from; at < text.size; at++) {
		for (from = at; at < text.size && common_is_part(text.at[at]); at++)
			;
		if (at > from && intern_add(to, common_lower(&lower, slice_part(text, from, at - from))) == INTERN_NONE)
			die("more words than can be told apart");
	}
}

/* Of the tables of this build: words of one column of each line but the heading. */
static void add_column(struct intern *to, const unsigned char *table, size_t size, unsigned column)
{
	struct cursor c = cursor_over(slice_of(table, size));
	struct slice line, field;
	cursor_line(&c, &line, NULL);
	while (cursor_line(&c, &line, NULL)) {
		struct cursor fields = cursor_over(line);
		unsigned i = 0;
		while (i < column && cursor_until(&fields, '\t', line.size, &field))
			i++;
		if (i == column)
			add_words(to, slice_part(cursor_rest(&fields), 0, slice_find(cursor_rest(&fields), '\t')));
	}
}

/* What programs and products are called is no secret of anybody. */
static void add_products(struct intern *known)
{
	add_column(known, embedded_table_programs, embedded_table_programs_size, 0);
	add_column(known, embedded_table_programs, embedded_table_programs_size, 2);
	add_column(known, embedded_table_posture, embedded_table_posture_size, 1);
	add_column(known, embedded_table_posture, embedded_table_posture_size, 2);
	add_column(known, embedded_table_endpoints, embedded_table_endpoints_size, 1);
	add_column(known, embedded_table_endpoints, embedded_table_endpoints_size, 4);
	add_column(known, embedded_table_apps, embedded_table_apps_size, 1);
}

struct common *common_new(void)
{
	struct cursor lines = cursor_over(slice_of(embedded_table_redact, embedded_table_redact_size));
	struct slice line, what;
	struct common *c = must_alloc(1, sizeof *c);
	*c = (struct common){intern_new(TEXTS_MAX), intern_new(TEXTS_MAX)};
	cursor_line(&lines, &line, NULL); /* the heading */
	while (cursor_line(&lines, &line, NULL)) {
		struct cursor fields = cursor_over(line);
		if (cursor_until(&fields, '\t', line.size, &what))
			add_words(slice_is(what, "everywhere") ? c->kept : c->known, cursor_rest(&fields));
	}
	add_products(c->known);
	return c;
}

void common_free(struct common *c)
{
	if (!c)
		return;
	intern_free(c->known);
	intern_free(c->kept);
	free(c);
}

void common_keep(struct common *c, struct slice text)
{
	add_words(c->kept, text);
}

void common_keep_endpoints(struct common *c)
{
	add_column(c->kept, embedded_table_endpoints, embedded_table_endpoints_size, 2);
}

bool common_stays(const struct common *c, struct slice word, bool text)
{
	return intern_find(c->kept, word) != INTERN_NONE || (text && intern_find(c->known, word) != INTERN_NONE);
}
