/* SPDX-License-Identifier: Apache-2.0 */
#include "ingest/json_lines.h"

#include <string.h>

static void keep(struct json_lines *g, struct slice line)
{
	if (g->size + line.size + 1 > JSON_LINES_MAX) {
		g->size = JSON_LINES_MAX + 1;
		return;
	}
	if (line.size)
		memcpy(g->text + g->size, line.at, line.size);
	g->size += line.size;
	g->text[g->size++] = ' ';
}

bool json_lines_add(struct json_lines *g, struct slice line, uint64_t number)
{
	struct slice bare = line;
	bare.size -= slice_ends(line, ",");
	if (g->depth == 0) {
		g->first_line = number;
		g->size = 0;
	}
	bool closes = slice_is(bare, "}") || slice_is(bare, "]");
	keep(g, closes && g->depth == 1 ? bare : line);
	/* a bracket within a string has its quotation mark behind it */
	if (slice_ends(bare, "{") || slice_ends(bare, "["))
		g->depth++;
	g->depth -= closes;
	return g->depth == 0;
}

struct slice json_lines_end(struct json_lines *g)
{
	g->depth = 0;
	return slice_of(g->text, g->size > JSON_LINES_MAX ? 0 : g->size);
}
