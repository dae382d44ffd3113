/* SPDX-License-Identifier: Apache-2.0 */
#ifndef INGEST_JSON_LINES_H
#define INGEST_JSON_LINES_H

/*
 * A JSON object over several lines, as tools print it for people: each bracket that
 * opens ends its line, each one that closes stands on a line of its own. It is gathered
 * so that it can be read as if it stood on one.
 */

#include "core/cursor.h"

enum { JSON_LINES_MAX = 64 << 10 /* bytes of one object */ };

struct json_lines {
	unsigned depth; /* 0: none is open; the only member to be set before use */
	uint64_t first_line;
	size_t size; /* more than JSON_LINES_MAX: too long, and not kept */
	unsigned char text[JSON_LINES_MAX];
};

static inline bool json_lines_open(const struct json_lines *g)
{
	return g->depth > 0;
}

/* Adds a line without the blanks at its ends: "{", where none is open. True where it was
 * the last one of the object. */
bool json_lines_add(struct json_lines *g, struct slice line, uint64_t number);

/* The object, whole or not, without what stands behind it; empty where it was too long.
 * None is open then. Valid until the next line is added. */
struct slice json_lines_end(struct json_lines *g);

#endif
