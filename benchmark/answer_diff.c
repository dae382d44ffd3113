/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Unified diffs (GNU diffutils manual, "Detailed Description of Unified Format"):
 *
 *   --- a/PATH
 *   +++ b/PATH
 *   @@ -LINE,COUNT +LINE,COUNT @@
 *    context, -removed, +added
 *
 * as models write them: counts that are wrong or missing, a blank line without the blank
 * in front, "diff --git" and "index" lines, prose around it. A hunk goes as far as its
 * lines do.
 */
#include "benchmark/answer_parts.h"

#include <string.h>

enum { HUNKS_MAX = 256, SHOWN_MAX = 80 };

struct patch {
	const struct task_files *start;
	struct task_files *files;
	char from[TASK_PATH_MAX], to[TASK_PATH_MAX]; /* "": /dev/null, or not said */
	bool opened;
	struct answer_lines file, old, new;
	struct text content; /* owned: what `file` points into, beside the diff itself */
	size_t wanted, end;  /* where the hunk says to be; where the last one ended */
	bool wanted_known, in_hunk;
	size_t hunks, applied, drift_down, drift_up;
	struct error *err;
};

static enum status path_of(struct slice line, char ret[static TASK_PATH_MAX], struct error *err)
{
	struct slice path = slice_part(line, 4, line.size); /* behind "--- " */
	path = slice_trim(slice_part(path, 0, slice_find(path, '\t')));
	ret[0] = 0;
	if (slice_is(path, "/dev/null"))
		return OK;
	if (slice_starts(path, "a/") || slice_starts(path, "b/") || slice_starts(path, "./"))
		path = slice_part(path, 2, path.size);
	if (!slice_to_string(path, ret, TASK_PATH_MAX) || !ret[0])
		return fail(err, ERR_MALFORMED, "a path of the diff is empty or longer than %d bytes", TASK_PATH_MAX - 1);
	return OK;
}

/* The text of a file before this diff. */
static const struct task_file *before(const struct patch *p, const char *path)
{
	const struct task_file *f = task_files_find(p->files, path);
	return f ? f : task_files_find(p->start, path);
}

static enum status open_file(struct patch *p)
{
	const struct task_file *f = p->from[0] ? before(p, p->from) : NULL;
	struct slice line;
	/* one that is new may have its own name on both sides */
	if (p->from[0] && !f && p->old.count > 0)
		return fail(p->err, ERR_MALFORMED, "the diff changes %s, which is not there", p->from);
	p->content = text_make(TASK_FILE_MAX);
	if (f)
		text_add(&p->content, text_slice(&f->content));
	struct cursor lines = cursor_over(text_slice(&p->content));
	while (cursor_line(&lines, &line, NULL))
		answer_lines_add(&p->file, line);
	p->opened = true;
	p->end = p->drift_up = p->drift_down = 0;
	return OK;
}

static enum status close_file(struct patch *p)
{
	AUTO_TEXT struct text whole = text_make(TASK_FILE_MAX);
	const char *path = p->to[0] ? p->to : p->from;
	if (!p->opened)
		return OK;
	for (size_t i = 0; i < p->file.count; i++) {
		text_add(&whole, p->file.at[i]);
		text_add_char(&whole, '\n');
	}
	answer_lines_free(&p->file);
	text_free(&p->content);
	p->opened = false;
	if (whole.overflow)
		return fail(p->err, ERR_LIMIT, "%s: larger than %d bytes", path, TASK_FILE_MAX);
	return task_files_put(p->files, path, text_slice(&whole), p->err);
}

static void show(struct slice line, char ret[static SHOWN_MAX * 4])
{
	AUTO_TEXT struct text t = text_make(SHOWN_MAX * 4 - 1);
	text_add_printable(&t, line, SHOWN_MAX / 2);
	memcpy(ret, text_string(&t), t.size + 1);
}

/* Blank lines that stand behind the hunk in the reply are no context. */
static bool drop_blank_end(struct patch *p)
{
	struct answer_lines *o = &p->old, *n = &p->new;
	if (o->count == 0 || n->count == 0 || o->at[o->count - 1].size > 0 ||
	    o->at[o->count - 1].at != n->at[n->count - 1].at)
		return false;
	o->count--;
	n->count--;
	return true;
}

/* One blank line less at a time, but each try costs the whole file: at last, none of them. */
static bool apply(struct patch *p, size_t wanted)
{
	enum { TRIES = 4 };
	for (size_t i = 0; !answer_hunk(&p->file, &p->old, &p->new, wanted, &p->end); i++) {
		if (i > TRIES || !drop_blank_end(p))
			return false;
		while (i == TRIES && drop_blank_end(p))
			;
	}
	return true;
}

static enum status misplaced(const struct patch *p)
{
	enum { LOOKED_AT = 64 };
	char shown[SHOWN_MAX * 4];
	const char *path = p->from[0] ? p->from : p->to;
	for (size_t i = 0; i < p->old.count && i < LOOKED_AT; i++) {
		if (answer_lines_hold(&p->file, &p->old, i))
			continue;
		show(p->old.at[i], shown);
		return fail(p->err, ERR_MALFORMED, "hunk %zu of %s does not apply: \"%s\" is not in it", p->hunks, path, shown);
	}
	return fail(p->err, ERR_MALFORMED, "hunk %zu of %s does not apply: its lines do not stand together", p->hunks, path);
}

/* By as much as the hunks before have moved it. */
static size_t place(const struct patch *p)
{
	if (!p->wanted_known)
		return p->end;
	size_t at = p->wanted + p->drift_down;
	return at > p->drift_up ? at - p->drift_up : 0;
}

static enum status close_hunk(struct patch *p)
{
	enum status status = OK;
	if (!p->in_hunk)
		return OK;
	p->in_hunk = false;
	if (p->old.count == 0 && p->new.count == 0)
		return OK;
	if (!p->opened)
		status = open_file(p);
	if (!status && p->old.count == 0 && p->file.count > 0 && !p->wanted_known)
		status = fail(p->err, ERR_MALFORMED, "hunk %zu of %s does not say where", p->hunks, p->to);
	if (!status && !apply(p, place(p)))
		status = misplaced(p);
	p->applied++;
	p->drift_down += p->new.count;
	p->drift_up += p->old.count;
	p->old.count = p->new.count = 0;
	return status;
}

static enum status begin_hunk(struct patch *p, struct slice line)
{
	uint64_t number;
	enum status status = close_hunk(p);
	if (status)
		return status;
	if (++p->hunks > HUNKS_MAX)
		return fail(p->err, ERR_LIMIT, "the diff has more than %d hunks", HUNKS_MAX);
	if (!p->from[0] && !p->to[0])
		return fail(p->err, ERR_MALFORMED, "the diff does not say of which file it is");
	struct slice range = slice_part(line, slice_find(line, '-') + 1, line.size);
	size_t digits = 0;
	while (digits < range.size && range.at[digits] >= '0' && range.at[digits] <= '9')
		digits++;
	p->in_hunk = true;
	p->wanted_known = slice_u64(slice_part(range, 0, digits), TASK_FILE_MAX, &number);
	/* "-0,0" is a file that is empty; "-7,0" is behind line 7 */
	bool behind = slice_starts(slice_part(range, digits, range.size), ",0 ");
	p->wanted = !p->wanted_known || number == 0 ? 0 : (size_t)number - !behind;
	return OK;
}

static enum status begin_file(struct patch *p, struct slice minus, struct slice plus)
{
	enum status status = close_hunk(p);
	if (!status)
		status = close_file(p);
	if (!status)
		status = path_of(minus, p->from, p->err);
	if (!status)
		status = path_of(plus, p->to, p->err);
	if (!status && p->from[0] && !before(p, p->from) && p->to[0])
		memcpy(p->from, p->to, sizeof p->from);
	p->wanted_known = false;
	return status;
}

static void take_line(struct patch *p, struct slice line)
{
	unsigned char first = line.size ? line.at[0] : ' ';
	struct slice rest = slice_part(line, 1, line.size);
	if (first == '\\') /* "\ No newline at end of file" */
		return;
	if (first != ' ' && first != '+' && first != '-') {
		p->in_hunk = false; /* prose: the hunk is over */
		return;
	}
	if (first != '+')
		answer_lines_add(&p->old, rest);
	if (first != '-')
		answer_lines_add(&p->new, rest);
}

static enum status read_line(struct patch *p, struct cursor *lines, struct slice line)
{
	struct slice next;
	struct cursor ahead = *lines;
	if (slice_starts(line, "--- ") && cursor_line(&ahead, &next, NULL) && slice_starts(next, "+++ ")) {
		*lines = ahead;
		return begin_file(p, line, next);
	}
	if (slice_starts(line, "@@"))
		return begin_hunk(p, line);
	if (!p->in_hunk)
		return OK;
	take_line(p, line);
	if (p->in_hunk)
		return OK;
	p->in_hunk = true;
	return close_hunk(p);
}

enum status answer_diff(struct slice diff, const char *path, const struct task_files *start,
			struct task_files *files, struct error *err)
{
	struct patch p = {.start = start, .files = files, .err = err};
	struct cursor lines = cursor_over(diff);
	struct slice line;
	enum status status = OK;
	for (size_t i = 0; path[i] && i + 1 < sizeof p.to; i++)
		p.from[i] = p.to[i] = path[i];
	while (!status && cursor_line(&lines, &line, NULL))
		status = read_line(&p, &lines, line);
	if (!status)
		status = close_hunk(&p);
	if (!status)
		status = close_file(&p);
	if (!status && p.applied == 0)
		status = fail(err, p.hunks ? ERR_MALFORMED : ERR_NO_INPUT, "the diff changes nothing");
	answer_lines_free(&p.file);
	answer_lines_free(&p.old);
	answer_lines_free(&p.new);
	text_free(&p.content);
	return status;
}
