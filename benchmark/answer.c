/* SPDX-License-Identifier: Apache-2.0 */
#include "benchmark/answer_parts.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* One reply, without its thinking. */
struct reply {
	const struct task *task;
	struct slice text;
	struct answer_fences *fences;
	struct answer_label *labels; /* of each */
	struct answer *answer;
};

static void none(struct answer *a, enum outcome outcome, const char *why)
{
	AUTO_TEXT struct text t = text_make(sizeof a->detail - 1);
	text_add_printable(&t, slice_of_string(why), sizeof a->detail / 4);
	task_files_free(&a->files);
	a->outcome = outcome;
	snprintf(a->detail, sizeof a->detail, "%s", text_string(&t));
}

/* A file of the answer; what it must not be is no answer. */
static bool put(struct answer *a, const char *path, struct slice content)
{
	struct error err = {0};
	if (task_files_put(&a->files, path, content, &err) == OK)
		return true;
	none(a, OUTCOME_NO_CODE, err.text);
	return false;
}

/* The function that HumanEval's prompt begins stands before what answers it: what the
 * prompt imports and defines is there, whether the model repeated it or not. */
static bool put_one(struct answer *a, const struct task *task, struct slice code)
{
	AUTO_TEXT struct text whole = text_make(ANSWER_TEXT_MAX + TASK_PROMPT_MAX);
	if (task->suite != TASK_HUMANEVAL)
		return put(a, task->answer, code);
	text_add(&whole, text_slice(&task->prompt));
	text_add(&whole, code);
	return put(a, task->answer, text_slice(&whole));
}

static bool put_fence(const struct reply *r, size_t i, const char *path)
{
	AUTO_TEXT struct text content = text_make(ANSWER_TEXT_MAX);
	answer_fence_text(&r->fences->at[i], &content);
	if (path == r->task->answer)
		return put_one(r->answer, r->task, text_slice(&content));
	return put(r->answer, path, text_slice(&content));
}

static bool is_blank(struct slice text)
{
	struct cursor c = cursor_over(text);
	struct slice line;
	while (cursor_line(&c, &line, NULL))
		if (slice_trim(line).size > 0)
			return false;
	return true;
}

static bool may_be(const struct reply *r, size_t i, bool named_otherwise)
{
	const struct answer_label *l = &r->labels[i];
	return (l->kind == ANSWER_FITS || l->kind == ANSWER_PLAIN) && (!l->path[0] || named_otherwise) &&
	       !is_blank(r->fences->at[i].inside);
}

/* Of those that may be it, the one that defines most. */
static size_t choose_by_names(const struct reply *r, bool named_otherwise)
{
	struct answer_names names;
	size_t count = r->fences->count, best = count;
	unsigned most = 0;
	answer_names(r->task, &names);
	for (size_t i = 0; i < count; i++) {
		if (!may_be(r, i, named_otherwise))
			continue;
		unsigned defines = answer_defines(r->task, &names, r->fences->at[i].inside);
		/* a block that says no language does not push out one that says the right one */
		bool weaker = best < count && r->labels[i].kind == ANSWER_PLAIN && r->labels[best].kind == ANSWER_FITS;
		if (best < count && (defines < most || (defines == most && weaker)))
			continue;
		best = i;
		most = defines;
	}
	return best;
}

/* The block that is the one file; the count where there is none. See answer.h. */
static size_t choose(const struct reply *r)
{
	size_t count = r->fences->count, best = count;
	for (size_t i = 0; i < count; i++)
		if (r->labels[i].kind != ANSWER_DIFF && !strcmp(r->labels[i].path, r->task->answer) &&
		    !is_blank(r->fences->at[i].inside))
			best = i;
	if (best == count)
		best = choose_by_names(r, false);
	/* it may have thought of another name for the file */
	return best < count ? best : choose_by_names(r, true);
}

/* Every diff in the reply, in its order, over the files of start/. */
static bool take_diffs(const struct reply *r, bool *ret_any)
{
	struct error err = {0};
	*ret_any = false;
	for (size_t i = 0; i < r->fences->count; i++) {
		AUTO_TEXT struct text content = text_make(ANSWER_TEXT_MAX);
		if (r->labels[i].kind != ANSWER_DIFF)
			continue;
		*ret_any = true;
		answer_fence_text(&r->fences->at[i], &content);
		const char *path = r->labels[i].path[0] ? r->labels[i].path : r->task->answer;
		if (answer_diff(text_slice(&content), path, &r->task->start, &r->answer->files, &err)) {
			none(r->answer, OUTCOME_NO_CODE, err.text);
			return false;
		}
	}
	return true;
}

/* The answer without any fence. */
static void take_bare(const struct reply *r)
{
	struct error err = {0};
	struct slice code = {0};
	r->answer->open = true;
	if (answer_diff(r->text, r->task->answer, &r->task->start, &r->answer->files, &err) == OK)
		return;
	bool diff = err.status != ERR_NO_INPUT && slice_search(r->text, SLICE("\n@@ ")) < r->text.size;
	task_files_free(&r->answer->files);
	if (r->task->answer[0] && !diff)
		code = answer_bare(r->task, r->text);
	if (code.size > 0)
		put_one(r->answer, r->task, code);
	else if (!diff && answer_refused(r->text))
		none(r->answer, OUTCOME_REFUSED, "the model declined");
	else
		none(r->answer, OUTCOME_NO_CODE, diff ? err.text : "no fenced block, and nothing that is code");
}

static void take_one_file(const struct reply *r)
{
	bool any;
	size_t i = choose(r);
	if (i < r->fences->count) {
		put_fence(r, i, r->task->answer);
		return;
	}
	if (!take_diffs(r, &any) || any)
		return;
	if (answer_refused(r->text))
		none(r->answer, OUTCOME_REFUSED, "the model declined");
	else
		none(r->answer, OUTCOME_NO_CODE, "none of its blocks is in the language that was asked for");
}

static void take_files(const struct reply *r)
{
	bool any;
	if (!take_diffs(r, &any))
		return;
	for (size_t i = 0; i < r->fences->count; i++) {
		if (r->labels[i].kind == ANSWER_DIFF || !r->labels[i].path[0])
			continue;
		if (!put_fence(r, i, r->labels[i].path))
			return;
		any = true;
	}
	if (any)
		return;
	if (answer_refused(r->text))
		none(r->answer, OUTCOME_REFUSED, "the model declined");
	else
		none(r->answer, OUTCOME_NO_CODE, "no block says which file it is, and none is a diff");
}

static void take_fenced(const struct task *task, struct slice text, struct answer *a)
{
	struct answer_fences *fences = must_alloc(1, sizeof *fences);
	answer_fence(text, fences);
	struct reply r = {task, text, fences, must_alloc(fences->count + 1, sizeof *r.labels), a};
	for (size_t i = 0; i < fences->count; i++)
		r.labels[i] = answer_label(task, &fences->at[i]);
	if (fences->count > 0 && !fences->at[fences->count - 1].closed)
		a->open = true;
	if (fences->more)
		none(a, OUTCOME_NO_CODE, "more fenced blocks than are looked at");
	else if (fences->count == 0)
		take_bare(&r);
	else if (task->answer[0])
		take_one_file(&r);
	else
		take_files(&r);
	free(r.labels);
	free(fences);
}

/* Marks of the end that a server let through. */
static struct slice without_marks(struct slice text)
{
	static const char *const marks[] = {"<|im_end|>", "<|endoftext|>", "<|eot_id|>", "<|end|>", "<|return|>", "</s>",
					    "<end_of_turn>", "\n", "\r", " "};
	for (size_t i = 0; i < LENGTH(marks); i++)
		if (slice_ends(text, marks[i])) {
			text.size -= slice_of_string(marks[i]).size;
			i = (size_t)-1; /* and all of them anew */
		}
	return text;
}

struct answer answer_take(const struct task *task, struct slice said)
{
	AUTO_TEXT struct text rest = text_make(ANSWER_TEXT_MAX);
	struct answer a = {.outcome = OUTCOME_PASSED};
	said = slice_part(said, 0, ANSWER_TEXT_MAX);
	a.thought_bytes = answer_thought(without_marks(said), &rest, &a.open);
	if (is_blank(text_slice(&rest)))
		none(&a, OUTCOME_EMPTY, a.thought_bytes && said.size ? "it only thought" : "it said nothing");
	else
		take_fenced(task, text_slice(&rest), &a);
	return a;
}

struct answer answer_complete(const struct task *task, struct slice said)
{
	struct answer a = {.outcome = OUTCOME_PASSED};
	said = slice_part(said, 0, ANSWER_TEXT_MAX);
	/* again: not every server obeys all of them */
	for (const char *const *stop = answer_stops(task); *stop; stop++)
		said.size = slice_search(said, slice_of_string(*stop));
	if (is_blank(said))
		none(&a, OUTCOME_EMPTY, "it said nothing");
	else
		put_one(&a, task, said);
	return a;
}

void answer_free(struct answer *a)
{
	task_files_free(&a->files);
}
