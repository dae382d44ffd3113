/* SPDX-License-Identifier: Apache-2.0 */
/*
 * MBPP as its makers measured with it (Austin et al., "Program Synthesis with Large Language
 * Models", 2021, and the notes beside the published file): of the 974 problems 11 to 510 are
 * for testing, 2, 3 and 4 stand solved before the one that is asked for, and each solution
 * stands between [BEGIN] and [DONE].
 */
#include "benchmark/problems_mbpp.h"

#include "core/cursor.h"

enum { WHOLE = 974, TEST_FIRST = 11, TEST_LAST = 510 };

static const uint64_t examples[] = {2, 3, 4};

/* "MBPP/11"; 0: it is numbered otherwise. */
static uint64_t number_of(const struct task *t)
{
	struct slice id = slice_of_string(t->id);
	uint64_t number = 0;
	return slice_starts(id, "MBPP/") && slice_u64(slice_part(id, 5, id.size), WHOLE, &number) ? number : 0;
}

/* No two have the same number. */
static bool is_whole(const struct tasks *t)
{
	size_t numbered = 0;
	for (size_t i = 0; i < t->count; i++)
		numbered += t->at[i].suite == TASK_MBPP && number_of(&t->at[i]) > 0;
	return t->count == WHOLE && numbered == WHOLE;
}

static void add_question(const struct task *t, struct text *to)
{
	text_add(to, text_slice(&t->prompt));
	text_add_string(to, "[BEGIN]\n");
}

static void add_example(const struct tasks *t, uint64_t number, struct text *to)
{
	for (size_t i = 0; i < t->count; i++) {
		if (number_of(&t->at[i]) != number)
			continue;
		add_question(&t->at[i], to);
		text_add(to, text_slice(&t->at[i].solution));
		text_add_string(to, "\n[DONE]\n\n");
	}
}

static void keep_those_for_testing(struct tasks *t)
{
	size_t kept = 0;
	for (size_t i = 0; i < t->count; i++) {
		uint64_t number = number_of(&t->at[i]);
		if (number < TEST_FIRST || number > TEST_LAST)
			task_free(&t->at[i]);
		else
			t->at[kept++] = t->at[i];
	}
	t->count = kept;
}

void problems_mbpp(struct tasks *t)
{
	bool whole = is_whole(t);
	AUTO_TEXT struct text before = text_make(TASK_PROMPT_MAX);
	for (size_t i = 0; i < LENGTH(examples) && whole; i++)
		add_example(t, examples[i], &before);
	for (size_t i = 0; i < t->count; i++) {
		struct task *one = &t->at[i];
		if (one->suite != TASK_MBPP)
			continue;
		one->continued = text_make(2 * TASK_PROMPT_MAX + 16);
		text_add(&one->continued, text_slice(&before));
		add_question(one, &one->continued);
	}
	if (whole)
		keep_those_for_testing(t);
}
