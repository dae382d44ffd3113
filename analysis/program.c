/* SPDX-License-Identifier: Apache-2.0 */
/*
 * schema/programs.tsv: lines of three fields with a tab between, the first a heading:
 * name  kind  product       (kind: client, webview, browser, thread)
 */
#include "analysis/program.h"

#include "core/error.h"
#include "tables.h" /* generated */

enum { FIELD_MAX = 64 };

#define DELETED " (deleted)"

static unsigned char small(unsigned char c)
{
	return (unsigned char)(c >= 'A' && c <= 'Z' ? c + 'a' - 'A' : c);
}

size_t program_name(struct slice path, unsigned char ret[static PROGRAM_NAME_MAX])
{
	if (slice_ends(path, DELETED))
		path.size -= sizeof DELETED - 1;
	size_t from = path.size;
	for (; from > 0 && path.at[from - 1] != '/' && path.at[from - 1] != '\\';)
		from--;
	struct slice name = slice_part(path, from, path.size);
	if (name.size > 4 && slice_is_nocase(slice_part(name, name.size - 4, 4), ".exe"))
		name.size -= 4;
	if (name.size > PROGRAM_NAME_MAX)
		return 0;
	for (size_t i = 0; i < name.size; i++)
		ret[i] = small(name.at[i]);
	return name.size;
}

static enum program_kind kind_of(struct slice word)
{
	static const char *const names[] = {
		[PROGRAM_CLIENT] = "client", [PROGRAM_WEBVIEW] = "webview",
		[PROGRAM_BROWSER] = "browser", [PROGRAM_THREAD] = "thread"};
	for (size_t i = PROGRAM_CLIENT; i < LENGTH(names); i++)
		if (slice_is(word, names[i]))
			return (enum program_kind)i;
	return PROGRAM_UNKNOWN;
}

void programs_read(struct programs *ret)
{
	struct cursor c = cursor_over(slice_of(embedded_table_programs, embedded_table_programs_size));
	struct slice line, name, kind;
	ret->count = 0;
	while (ret->count < PROGRAMS_MAX && cursor_line(&c, &line, NULL)) {
		struct cursor fields = cursor_over(line);
		if (!cursor_until(&fields, '\t', FIELD_MAX, &name) || !cursor_until(&fields, '\t', FIELD_MAX, &kind) ||
		    kind_of(kind) == PROGRAM_UNKNOWN)
			continue;
		ret->at[ret->count].name = name;
		ret->at[ret->count++].kind = kind_of(kind);
	}
}

enum program_kind program_kind(const struct programs *all, struct slice name)
{
	for (size_t i = 0; i < all->count; i++)
		if (slice_equal(all->at[i].name, name))
			return all->at[i].kind;
	return PROGRAM_UNKNOWN;
}
