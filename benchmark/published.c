/* SPDX-License-Identifier: Apache-2.0 */
/*
 * A heading, and a tab between fields:
 *
 *	model	benchmark	variant	pass_at_1	precision	prompt_mode	published	title
 *	ours:14b	humaneval	HumanEval	88.4	BF16	chat	2026-05	our own measurements
 *
 * pass_at_1 is percent, 0 to 100; published a year and a month. Both may be empty, and
 * precision and prompt_mode too.
 */
#include "benchmark/published.h"

#include "core/text.h"

enum { LINE_BYTES = 1024, FIELDS = 8, DIGITS = 3 };

static const char heading[] = "model\tbenchmark\tvariant\tpass_at_1\tprecision\tprompt_mode\tpublished\ttitle";

/* "92.7", "100": at most three digits behind the point. */
static bool is_percent(struct slice text)
{
	struct slice whole = slice_part(text, 0, slice_find(text, '.'));
	struct slice behind = slice_part(text, whole.size + 1, text.size);
	uint64_t number, part = 0;
	bool point = whole.size < text.size;
	return slice_u64(whole, 100, &number) && (whole.size == 1 || whole.at[0] != '0') && behind.size <= DIGITS &&
	       (!point || slice_u64(behind, 999, &part)) && (number < 100 || part == 0);
}

/* "2024-11" */
static bool is_month(struct slice text)
{
	uint64_t year, month;
	return text.size == 7 && text.at[4] == '-' && slice_u64(slice_part(text, 0, 4), 9999, &year) &&
	       slice_u64(slice_part(text, 5, 2), 12, &month) && month > 0;
}

static bool is_word(struct slice text)
{
	for (size_t i = 0; i < text.size; i++) {
		unsigned char c = text.at[i];
		if (!(c >= 'a' && c <= 'z') && !(c >= '0' && c <= '9') && c != '_' && c != '-')
			return false;
	}
	return text.size > 0;
}

/* A field that is shown: whole, and fit for a terminal. */
static bool take(struct slice text, char *ret, size_t capacity)
{
	AUTO_TEXT struct text shown = text_make(LINE_BYTES * 8);
	text_add_printable(&shown, text, text.size);
	return slice_equal(text_slice(&shown), text) && slice_to_string(text, ret, capacity);
}

static enum status read_line(struct slice line, struct published_figure *f, struct error *err)
{
	enum { MODEL, BENCHMARK, VARIANT, PERCENT, PRECISION, MODE, DATE, TITLE };
	struct slice w[FIELDS];
	struct cursor c = cursor_over(line);
	for (size_t i = 0; i + 1 < FIELDS; i++)
		if (!cursor_until(&c, '\t', LINE_BYTES, &w[i]))
			return fail(err, ERR_CONFIG, "wanted eight fields with a tab between");
	w[TITLE] = cursor_rest(&c);
	if (w[MODEL].size == 0 || !take(w[MODEL], f->model, sizeof f->model))
		return fail(err, ERR_CONFIG, "the model's name is not 1-%zu plain characters", sizeof f->model - 1);
	if (!is_word(w[BENCHMARK]) || !take(w[BENCHMARK], f->benchmark, sizeof f->benchmark))
		return fail(err, ERR_CONFIG, "the benchmark is no word in small letters, as humaneval or mbpp");
	if (w[VARIANT].size == 0 || !take(w[VARIANT], f->variant, sizeof f->variant))
		return fail(err, ERR_CONFIG, "the variant is not 1-%zu plain characters, as HumanEval+", sizeof f->variant - 1);
	if ((w[PERCENT].size && !is_percent(w[PERCENT])) || !take(w[PERCENT], f->percent, sizeof f->percent))
		return fail(err, ERR_CONFIG, "pass_at_1 is not 0 to 100 with up to three digits behind the point, nor empty");
	if ((w[DATE].size && !is_month(w[DATE])) || !take(w[DATE], f->date, sizeof f->date))
		return fail(err, ERR_CONFIG, "published is not a month like 2024-11, nor empty");
	if (!take(w[PRECISION], f->precision, sizeof f->precision) || !take(w[MODE], f->prompt_mode, sizeof f->prompt_mode))
		return fail(err, ERR_CONFIG, "precision and prompt_mode are not at most %zu plain characters", sizeof f->precision - 1);
	if (w[TITLE].size == 0 || !take(w[TITLE], f->title, sizeof f->title))
		return fail(err, ERR_CONFIG, "the title is not 1-%zu plain characters: a figure has a source", sizeof f->title - 1);
	return OK;
}

enum status published_read(struct slice text, struct published *ret, struct error *err)
{
	struct cursor lines = cursor_over(text);
	struct slice line;
	ret->count = 0;
	for (size_t number = 1; cursor_line(&lines, &line, NULL); number++) {
		if (number == 1 && !slice_is(line, heading))
			return fail(err, ERR_CONFIG, "line 1: wanted the heading model, benchmark, variant, pass_at_1, precision, "
				    "prompt_mode, published, title");
		if (number == 1 || line.size == 0 || slice_starts(line, "#"))
			continue;
		if (ret->count == PUBLISHED_MAX)
			return fail(err, ERR_LIMIT, "line %zu: more than %d figures", number, PUBLISHED_MAX);
		struct published_figure *f = &ret->at[ret->count++];
		*f = (struct published_figure){.model = ""};
		if (read_line(line, f, err))
			return fail_in(err, "line %zu", number);
	}
	return ret->count ? OK : fail(err, ERR_CONFIG, "there is no figure in it");
}
