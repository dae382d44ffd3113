/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The actions of a turn:
 *
 *   READ path
 *   WRITE path          the next fenced block is what is written
 *   TEST
 *   DONE
 *
 * each a line of its own, maybe in backquotes or as an item of a list, maybe itself in a
 * fence. Everything else is prose.
 */
#include "benchmark/agent.h"
#include "benchmark/answer_parts.h"

#include <stdlib.h>

static const struct {
	const char *word;
	enum agent_verb verb;
	bool path;
} verbs[] = {
	{"READ", AGENT_READ, true},
	{"WRITE", AGENT_WRITE, true},
	{"TEST", AGENT_TEST, false},
	{"DONE", AGENT_DONE, false},
};

static struct slice strip(struct slice line)
{
	static const char DECORATION[] = "`*->#\"' \t\r:.";
	while (line.size > 0 && slice_find(SLICE("`*->#\"' \t"), line.at[0]) < 9)
		line = slice_part(line, 1, line.size);
	while (line.size > 0 && slice_find(SLICE(DECORATION), line.at[line.size - 1]) < sizeof DECORATION - 1)
		line.size--;
	return line;
}

static bool read_action(struct slice line, struct agent_action *ret)
{
	enum { LINE_MAX_BYTES = 512 };
	if (line.size > LINE_MAX_BYTES)
		return false;
	line = strip(line);
	struct slice word = slice_part(line, 0, slice_find(line, ' '));
	struct slice rest = strip(slice_part(line, word.size, line.size));
	for (size_t i = 0; i < LENGTH(verbs); i++) {
		if (!slice_is(word, verbs[i].word) || (rest.size > 0) != verbs[i].path)
			continue;
		*ret = (struct agent_action){.verb = verbs[i].verb, .content = text_make(ANSWER_TEXT_MAX)};
		if (slice_starts(rest, "./"))
			rest = slice_part(rest, 2, rest.size);
		/* "READ the file" is a sentence */
		return !verbs[i].path || (slice_find(rest, ' ') == rest.size && slice_to_string(rest, ret->path, sizeof ret->path));
	}
	return false;
}

static void take_lines(struct slice text, struct agent_actions *ret)
{
	struct cursor lines = cursor_over(text);
	struct agent_action action;
	struct slice line;
	while (cursor_line(&lines, &line, NULL)) {
		if (!read_action(line, &action))
			continue;
		if (ret->count < AGENT_ACTIONS_MAX)
			ret->at[ret->count++] = action;
		else
			ret->more = true;
	}
}

static bool begins_with_action(struct slice text)
{
	struct agent_action action;
	struct cursor lines = cursor_over(text);
	struct slice line = {0};
	while (cursor_line(&lines, &line, NULL) && slice_trim(line).size == 0)
		;
	return read_action(line, &action);
}

static void take_block(const struct answer_fence *f, struct agent_actions *ret)
{
	struct agent_action *last = ret->count > 0 ? &ret->at[ret->count - 1] : NULL;
	if (last && last->verb == AGENT_WRITE && !last->whole && !ret->more) {
		answer_fence_text(f, &last->content);
		last->whole = f->closed;
	} else if (begins_with_action(f->inside)) {
		take_lines(f->inside, ret);
	}
}

void agent_actions(struct slice said, struct agent_actions *ret)
{
	struct answer_fences *fences = must_alloc(1, sizeof *fences);
	size_t at = 0;
	*ret = (struct agent_actions){.count = 0};
	answer_fence(said, fences);
	for (size_t i = 0; i < fences->count; i++) {
		take_lines(slice_part(said, at, fences->at[i].from - at), ret);
		take_block(&fences->at[i], ret);
		at = fences->at[i].to;
	}
	if (!fences->more)
		take_lines(slice_part(said, at, said.size), ret);
	ret->more = ret->more || fences->more;
	free(fences);
}

void agent_actions_free(struct agent_actions *a)
{
	for (size_t i = 0; i < a->count; i++)
		text_free(&a->at[i].content);
	a->count = 0;
}
