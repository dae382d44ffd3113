/* SPDX-License-Identifier: Apache-2.0 */
#include "fleet/words.h"

#include <stdio.h>

enum { WORD_MAX = 16 };

/* PostgreSQL sorts by the language of its database unless told; "C" is the order of bytes, as
 * SQLite has it. */
static const struct {
	const char *word, *as[ENGINE_COUNT];
} words[] = {
	{"{int}", {"INTEGER", "INT4"}},
	{"{long}", {"INTEGER", "INT8"}},
	{"{text}", {"TEXT", "TEXT COLLATE \"C\""}},
	{"{table}", {" STRICT, WITHOUT ROWID", ""}},
	{"{by_month}", {" STRICT, WITHOUT ROWID", " PARTITION BY LIST (month)"}},
	{"{now}", {"(unixepoch() * 1000000000)", "(CAST(extract(epoch FROM now()) AS INT8) * 1000000000)"}},
	{"{day}", {"strftime('%Y-%m-%d', (", "to_char(to_timestamp(("}},
	{"{/day}", {") / 1000000000, 'unixepoch')", ") / 1000000000) AT TIME ZONE 'UTC', 'YYYY-MM-DD')"}},
	{"{locked}", {"", "FOR UPDATE"}},
};

static const char *find(struct slice word, enum engine engine)
{
	for (size_t i = 0; i < LENGTH(words); i++)
		if (slice_is(word, words[i].word))
			return words[i].as[engine];
	die("schema/fleet: no word is written %.*s", (int)word.size, (const char *)word.at);
}

void words_put(const char *sql, enum engine engine, struct text *out)
{
	struct cursor c = cursor_over(slice_of_string(sql));
	struct slice part;
	while (cursor_until(&c, '{', WORDS_SQL_MAX, &part)) {
		struct slice rest = cursor_rest(&c), name;
		text_add(out, part);
		if (!cursor_until(&c, '}', WORD_MAX, &name))
			die("schema/fleet: a word without its end: {%.*s", (int)(rest.size < WORD_MAX ? rest.size : WORD_MAX),
			    (const char *)rest.at);
		char word[WORD_MAX + 3];
		snprintf(word, sizeof word, "{%.*s}", (int)name.size, (const char *)name.at);
		text_add_string(out, find(slice_of_string(word), engine));
	}
	text_add(out, cursor_rest(&c));
}
