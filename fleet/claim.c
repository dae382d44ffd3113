/* SPDX-License-Identifier: Apache-2.0 */
#include "fleet/claim.h"

#include "core/clock.h"
#include "core/text.h"

enum { PREFIX, ORGANISATION, SYSTEM, HOST, START, END, RUN, PARTS };

/* "20261128T020000Z" */
static bool read_time(struct slice text, int64_t *ret)
{
	enum { SIZE = 16 };
	static const struct {
		size_t from, size;
		char behind;
	} parts[] = {{0, 4, '-'}, {4, 2, '-'}, {6, 3, 0}, {9, 2, ':'}, {11, 2, ':'}, {13, 3, 0}};
	AUTO_TEXT struct text plain = text_make(CLOCK_TEXT_MAX);
	for (size_t i = 0; i < LENGTH(parts); i++) {
		text_add(&plain, slice_part(text, parts[i].from, parts[i].size));
		if (parts[i].behind)
			text_add_char(&plain, parts[i].behind);
	}
	return text.size == SIZE && clock_parse(text_slice(&plain), ret);
}

bool claim_read(struct slice name, struct claim *ret)
{
	struct slice parts[PARTS];
	struct cursor c = cursor_over(name);
	if (name.size > CLAIM_NAME_MAX || !slice_ends(name, ".zip"))
		return false;
	for (size_t i = 0; i < RUN; i++)
		if (!cursor_until(&c, '_', CLAIM_NAME_MAX, &parts[i]))
			return false;
	parts[RUN] = cursor_rest(&c);
	return slice_is(parts[PREFIX], "AGV") && slice_find(parts[RUN], '_') == parts[RUN].size && parts[HOST].size > 0 &&
	       slice_to_string(parts[HOST], ret->host, sizeof ret->host) && read_time(parts[START], &ret->began_ns) &&
	       read_time(parts[END], &ret->ended_ns);
}
