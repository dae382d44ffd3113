/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Thinking in the text itself, as models write it where the server does not take it
 * apart. There is no specification; these forms are what their chat templates use:
 *
 *   <think>…</think>              and other words; the opening tag may be missing where the
 *                                 template has put it into the prompt
 *   <|channel|>analysis<|message|>…<|end|><|start|>assistant<|channel|>final<|message|>…
 *   analysis…assistantfinal…      the same after a server dropped its control tokens
 *
 * A tag counts at the start of a line outside of a fence, so that code about tags stays
 * code.
 */
#include "benchmark/answer_parts.h"

static const struct {
	const char *open, *close;
} tags[] = {
	{"<think>", "</think>"},
	{"<thinking>", "</thinking>"},
	{"<thought>", "</thought>"},
	{"<thoughts>", "</thoughts>"},
	{"<reasoning>", "</reasoning>"},
	{"<reflection>", "</reflection>"},
	{"<seed:think>", "</seed:think>"},
	{"[THINK]", "[/THINK]"},
	{"<|begin_of_thought|>", "<|end_of_thought|>"},
	{"<|START_THINKING|>", "<|END_THINKING|>"},
	{"<|channel>thought", "<channel|>"},
	{"\xe2\x97\x81think\xe2\x96\xb7", "\xe2\x97\x81/think\xe2\x96\xb7"},
};

static const char MESSAGE[] = "<|message|>", CHANNEL[] = "<|channel|>";

static struct slice after(struct slice text, size_t at)
{
	return slice_part(text, at, text.size);
}

static bool has(struct slice text, const char *part)
{
	return slice_search(text, slice_of_string(part)) < text.size;
}

static struct slice trim_start(struct slice text)
{
	while (text.size > 0 && (text.at[0] == ' ' || text.at[0] == '\t' || text.at[0] == '\n' || text.at[0] == '\r'))
		text = after(text, 1);
	return text;
}

/* Where a message ends: at the next control token, or with the text. */
static size_t message_end(struct slice text)
{
	static const char *const ends[] = {"<|end|>", "<|return|>", "<|call|>", "<|start|>", "<|channel|>"};
	size_t at = 0;
	for (;;) {
		at += slice_search(after(text, at), SLICE("<|"));
		struct slice rest = after(text, at);
		if (rest.size == 0)
			return text.size;
		for (size_t i = 0; i < LENGTH(ends); i++)
			if (slice_starts(rest, ends[i]))
				return at;
		at += 2;
	}
}

static void take_channels(struct slice said, struct text *ret, bool *ret_open)
{
	size_t at = 0;
	for (;;) {
		struct slice rest = after(said, at);
		size_t header = slice_search(rest, slice_of_string(MESSAGE));
		if (header == rest.size)
			return;
		bool final = has(slice_part(rest, 0, header), "final");
		struct slice message = after(rest, header + sizeof MESSAGE - 1);
		size_t size = message_end(message);
		if (final)
			text_add(ret, slice_part(message, 0, size));
		*ret_open = !final && size == message.size;
		at = said.size - message.size + size;
	}
}

/* Behind a closing tag that ends its line and that nothing opened before; 0: there is none. */
static size_t unopened_end(struct slice text)
{
	for (size_t i = 0; i < LENGTH(tags); i++) {
		struct slice close = slice_of_string(tags[i].close);
		size_t opened = slice_search(text, slice_of_string(tags[i].open)), at = 0;
		for (;;) {
			at += slice_search(slice_part(text, at, opened - at), close);
			if (at >= opened)
				break;
			at += close.size;
			struct slice rest = after(text, at), line = slice_part(rest, 0, slice_find(rest, '\n'));
			if (slice_trim(line).size == 0)
				return at;
		}
	}
	return 0;
}

/* The size of the thought at the start of `text`; 0: none begins there. */
static size_t thought_size(struct slice text, bool *ret_open)
{
	size_t blank = 0;
	while (blank < text.size && (text.at[blank] == ' ' || text.at[blank] == '\t'))
		blank++;
	struct slice inside = after(text, blank);
	for (size_t i = 0; i < LENGTH(tags); i++) {
		if (!slice_starts(inside, tags[i].open))
			continue;
		struct slice close = slice_of_string(tags[i].close);
		size_t at = slice_search(inside, close);
		*ret_open = at == inside.size;
		return *ret_open ? text.size : blank + at + close.size;
	}
	return 0;
}

static void take_tags(struct slice text, struct text *ret, bool *ret_open)
{
	struct answer_mark mark, opened;
	bool in_fence = false;
	while (text.size > 0) {
		size_t thought = in_fence ? 0 : thought_size(text, ret_open);
		if (thought) {
			text = after(text, thought);
			continue;
		}
		struct slice line = slice_part(text, 0, slice_find(text, '\n') + 1);
		if (answer_mark(line, &mark)) {
			if (!in_fence)
				opened = mark;
			in_fence = !in_fence || !answer_mark_closes(&mark, &opened);
		}
		text_add(ret, line);
		text = after(text, line.size);
	}
}

size_t answer_thought(struct slice said, struct text *ret, bool *ret_open)
{
	static const char BARE_CHANNEL[] = "assistantfinal";
	size_t before = ret->size;
	struct slice start = trim_start(said);
	*ret_open = false;
	if (slice_starts(start, CHANNEL) || slice_starts(start, "<|start|>") ||
	    has(said, "<|channel|>final<|message|>")) {
		take_channels(said, ret, ret_open);
	} else if (slice_starts(start, "analysis") && has(start, BARE_CHANNEL)) {
		text_add(ret, after(start, slice_search(start, slice_of_string(BARE_CHANNEL)) + sizeof BARE_CHANNEL - 1));
	} else {
		take_tags(after(said, unopened_end(said)), ret, ret_open);
	}
	return said.size - (ret->size - before);
}
