/* SPDX-License-Identifier: Apache-2.0 */
#include "analysis/endpoint.h"

/* Of a rank, from above: the port of a name service alone, the length of the host, a
 * program, the length of the path, a port; 1, so that a rule that holds is never 0. */
enum {
	RANK_SERVICE = 1 << 30,
	RANK_HOST = 1 << 12,
	RANK_PROCESS = 1 << 11,
	RANK_PATH = 1 << 2,
	RANK_PORT = 1 << 1,
};

static unsigned char small(unsigned char c)
{
	return (unsigned char)(c >= 'A' && c <= 'Z' ? c + 'a' - 'A' : c);
}

/* "a.example" belongs to the suffix "example", "an-example" does not. */
static bool belongs(struct slice name, struct slice suffix)
{
	if (slice_ends(name, "."))
		name.size--;
	if (suffix.size > name.size)
		return false;
	size_t lead = name.size - suffix.size;
	for (size_t i = suffix.size; i > 0; i--)
		if (small(name.at[lead + i - 1]) != suffix.at[i - 1])
			return false;
	return lead == 0 || name.at[lead - 1] == '.';
}

static bool is_program(struct slice word, struct slice program)
{
	if (!slice_ends(word, "*"))
		return slice_equal(word, program);
	word.size--;
	return slice_equal(word, slice_part(program, 0, word.size));
}

static bool is_one(struct slice word, const struct endpoint_asked *asked)
{
	if (slice_starts(word, "@"))
		return asked->browser && slice_is(slice_part(word, 1, word.size), asked->browser);
	for (size_t i = 0; i < asked->program_count; i++)
		if (is_program(word, asked->programs[i]))
			return true;
	return false;
}

/* The process itself, or one above it. */
static bool process_holds(struct slice words, const struct endpoint_asked *asked)
{
	struct cursor c = cursor_over(words);
	struct slice word;
	while (cursor_until(&c, ',', ENDPOINT_FIELD_MAX, &word))
		if (is_one(word, asked))
			return true;
	return is_one(cursor_rest(&c), asked);
}

static bool path_holds(struct slice prefix, struct slice path)
{
	return slice_equal(prefix, slice_part(path, 0, prefix.size));
}

uint32_t endpoint_rank(const struct endpoint *e, const struct endpoint_asked *asked)
{
	bool named = e->where == ENDPOINT_NAMED;
	/* where nothing else is named the port must be known */
	bool any_port = !e->port || (named && !asked->port);
	if ((!any_port && e->port != asked->port) || (named && !belongs(asked->host, e->suffix)) ||
	    (e->where == ENDPOINT_LOCAL && !asked->local) ||
	    (e->process.size && !process_holds(e->process, asked)) || !path_holds(e->path, asked->path))
		return 0;
	bool service = !named && !asked->local && e->port && slice_is(e->vector, "name_lookup");
	uint32_t path = e->path.size < 200 ? (uint32_t)e->path.size : 200;
	return (service ? RANK_SERVICE : 0) + (uint32_t)e->suffix.size * RANK_HOST + (e->process.size ? RANK_PROCESS : 0) +
	       path * RANK_PATH + (e->port ? RANK_PORT : 0) + 1;
}
