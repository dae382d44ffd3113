/* SPDX-License-Identifier: Apache-2.0 */
#ifndef BENCHMARK_ANSWER_PARTS_H
#define BENCHMARK_ANSWER_PARTS_H

/*
 * What answer.c is put together from. Every text here is a model's: any bytes, up to
 * ANSWER_TEXT_MAX of them; all of it takes time in proportion to them.
 */

#include "benchmark/answer.h"

/* Adds to `ret` what is left of `said` without its thinking, and returns how many bytes
 * were taken off. `ret_open`: the text ended in the middle of a thought. */
size_t answer_thought(struct slice said, struct text *ret, bool *ret_open);

/* A line that opens or closes a fence. */
struct answer_mark {
	unsigned char byte; /* '`' or '~' */
	size_t run, indent;
	struct slice info;  /* behind the run, trimmed */
};
bool answer_mark(struct slice line, struct answer_mark *ret);
bool answer_mark_closes(const struct answer_mark *m, const struct answer_mark *opened);

/* A fenced block. All slices point into the text. */
struct answer_fence {
	struct slice info, label; /* label: the last line of prose in front of it */
	struct slice inside;      /* as it stands, indentation and line ends included */
	size_t indent;            /* of the fence: so much of it is none of the code's */
	size_t from, to;          /* of the whole block in the text */
	bool closed;
};
struct answer_fences {
	struct answer_fence at[ANSWER_FENCES_MAX];
	size_t count;
	bool more; /* than there is room for */
};
void answer_fence(struct slice text, struct answer_fences *ret);

/* What is inside, without the fence's own indentation and with LF at each line's end. */
void answer_fence_text(const struct answer_fence *f, struct text *ret);

/* The other way: `content` in a fence that nothing in it closes. */
void answer_add_fenced(const char *info, struct slice content, struct text *ret);

/* What a block is, by its info string and the line in front of it. */
enum answer_kind {
	ANSWER_FITS,  /* the task's language */
	ANSWER_PLAIN, /* it does not say */
	ANSWER_DIFF,
	ANSWER_OTHER, /* another language, output, a table */
};
struct answer_label {
	enum answer_kind kind;
	char path[TASK_PATH_MAX]; /* the file that it is said to be; "": none */
};
struct answer_label answer_label(const struct task *task, const struct answer_fence *f);

/* How many of the names that the task asks for `code` defines. */
struct answer_names {
	struct slice at[64]; /* in the task's prompt */
	size_t count;
};
void answer_names(const struct task *task, struct answer_names *ret);
unsigned answer_defines(const struct task *task, const struct answer_names *names, struct slice code);

/* Code that stands there without a fence, without the prose around it; empty where
 * there is none. */
struct slice answer_bare(const struct task *task, struct slice text);
bool answer_refused(struct slice text);

/* Applies a unified diff (GNU diffutils manual, "Unified Format"), or several in one text,
 * to the files of `start` and those already in `files`, into `files`. Every line of
 * context must be there; where it is may differ from what the diff says, as may the
 * counts. `path`: of the file where the diff names none. Fails (ERR_MALFORMED) with the
 * hunk and the line that is not there; ERR_NO_INPUT where the text holds no hunk. */
enum status answer_diff(struct slice diff, const char *path, const struct task_files *start,
			struct task_files *files, struct error *err) MUST_CHECK;

/* A hunk, as lines that are to be there and lines that take their place. */
struct answer_lines {
	struct slice *at;  /* owned; what they point to is not */
	uint64_t *hash;    /* owned: of the line without blanks at its end */
	size_t count, room;
};
void answer_lines_add(struct answer_lines *l, struct slice line);
void answer_lines_free(struct answer_lines *l);

/* Is line `i` of `of` anywhere in `l`? */
bool answer_lines_hold(const struct answer_lines *l, const struct answer_lines *of, size_t i);

/* Replaces the place of `old` nearest to line `wanted` (from 0) by `new`. False where it
 * is nowhere. `ret_end` gets the line behind. */
bool answer_hunk(struct answer_lines *file, const struct answer_lines *old, const struct answer_lines *new,
		 size_t wanted, size_t *ret_end);

#endif
