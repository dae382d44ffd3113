/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Fenced code blocks (CommonMark 0.31, section 4.5), with what models do differently: a
 * fence in a list is indented by more than three blanks; a whole reply stands in a fence of
 * its own, of the same length as those inside; the last fence is not closed.
 */
#include "benchmark/answer_parts.h"

static size_t run_of(struct slice text, unsigned char byte)
{
	size_t n = 0;
	while (n < text.size && text.at[n] == byte)
		n++;
	return n;
}

bool answer_mark(struct slice line, struct answer_mark *ret)
{
	enum { RUN_LEAST = 3 };
	size_t indent = 0;
	while (indent < line.size && (line.at[indent] == ' ' || line.at[indent] == '\t'))
		indent++;
	struct slice rest = slice_part(line, indent, line.size);
	if (rest.size == 0 || (rest.at[0] != '`' && rest.at[0] != '~'))
		return false;
	size_t run = run_of(rest, rest.at[0]);
	if (run < RUN_LEAST)
		return false;
	struct slice info = slice_part(rest, run, rest.size);
	if (info.size > 0 && info.at[info.size - 1] == '\n')
		info.size--;
	*ret = (struct answer_mark){rest.at[0], run, indent, slice_trim(info)};
	/* code within a line of prose */
	return ret->byte != '`' || slice_find(info, '`') == info.size;
}

/* One that is further in is part of what is fenced: of a comment that shows its use. */
bool answer_mark_closes(const struct answer_mark *m, const struct answer_mark *opened)
{
	enum { DEEPER_MAX = 3 };
	return m->byte == opened->byte && m->run >= opened->run && m->info.size == 0 &&
	       m->indent <= opened->indent + DEEPER_MAX;
}

struct scan {
	struct slice text;
	struct cursor at;
	struct answer_fences *found;
	struct answer_mark wrapper; /* a fence around all; its run is 0 where there is none */
	struct slice label;
};

static size_t place(const struct scan *s)
{
	return s->text.size - cursor_left(&s->at);
}

/* Does a fence that says to be prose, or nothing, hold fences of its own? */
static bool is_wrapper(const struct scan *s, const struct answer_mark *opened)
{
	struct cursor ahead = s->at;
	struct answer_mark mark;
	struct slice line;
	bool prose = slice_is_nocase(opened->info, "markdown") || slice_is_nocase(opened->info, "md");
	if (!prose && opened->info.size > 0)
		return false;
	while (cursor_line(&ahead, &line, NULL)) {
		if (answer_mark(line, &mark) && mark.byte == opened->byte && mark.run <= opened->run)
			return mark.info.size > 0 && mark.indent <= opened->indent;
		if (!prose && slice_trim(line).size > 0)
			return false;
	}
	return false;
}

/* Reads on to the end of the block that `opened` began. */
static void take_block(struct scan *s, const struct answer_mark *opened, size_t from)
{
	struct answer_mark mark;
	struct slice line;
	size_t start = place(s), end = s->text.size;
	bool closed = false;
	while (!closed) {
		size_t before = place(s);
		if (!cursor_line(&s->at, &line, NULL))
			break;
		closed = answer_mark(line, &mark) && answer_mark_closes(&mark, opened);
		if (closed)
			end = before;
	}
	if (s->found->count == ANSWER_FENCES_MAX) {
		s->found->more = true;
		return;
	}
	s->found->at[s->found->count++] = (struct answer_fence){
		.info = opened->info,
		.label = s->label,
		.inside = slice_part(s->text, start, end - start),
		.indent = opened->indent,
		.from = from,
		.to = place(s),
		.closed = closed,
	};
}

void answer_fence(struct slice text, struct answer_fences *ret)
{
	struct scan s = {text, cursor_over(text), ret, {.run = 0}, {0}};
	struct answer_mark mark;
	struct slice line;
	ret->count = 0;
	ret->more = false;
	for (;;) {
		size_t from = place(&s);
		if (!cursor_line(&s.at, &line, NULL))
			return;
		if (!answer_mark(line, &mark)) {
			if (slice_trim(line).size > 0)
				s.label = line;
			continue;
		}
		if (s.wrapper.run && answer_mark_closes(&mark, &s.wrapper))
			s.wrapper.run = 0;
		else if (!s.wrapper.run && is_wrapper(&s, &mark))
			s.wrapper = mark;
		else
			take_block(&s, &mark, from);
		s.label = slice_of(NULL, 0);
	}
}

void answer_fence_text(const struct answer_fence *f, struct text *ret)
{
	struct cursor lines = cursor_over(f->inside);
	struct slice line;
	while (cursor_line(&lines, &line, NULL)) {
		size_t blank = 0;
		while (blank < f->indent && blank < line.size && (line.at[blank] == ' ' || line.at[blank] == '\t'))
			blank++;
		text_add(ret, slice_part(line, blank, line.size));
		text_add_char(ret, '\n');
	}
}
