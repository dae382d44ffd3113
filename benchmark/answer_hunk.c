/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Where a hunk belongs: the lines that it wants, anywhere in the file (Knuth, Morris and
 * Pratt 1977, over lines in the place of letters), nearest to where it says. Blanks at a
 * line's end do not count: models leave them out.
 */
#include "benchmark/answer_parts.h"

#include <stdlib.h>
#include <string.h>

static struct slice without_end(struct slice line)
{
	while (line.size > 0 && (line.at[line.size - 1] == ' ' || line.at[line.size - 1] == '\t' ||
				 line.at[line.size - 1] == '\r'))
		line.size--;
	return line;
}

/* FNV-1a, so that unequal lines are told apart without reading them again. */
static uint64_t hash_of(struct slice line)
{
	uint64_t h = UINT64_C(14695981039346656037);
	line = without_end(line);
	for (size_t i = 0; i < line.size; i++)
		h = (h ^ line.at[i]) * UINT64_C(1099511628211);
	return h;
}

static void make_room(struct answer_lines *l, size_t count)
{
	if (count <= l->room)
		return;
	l->room = count + count / 2 + 16;
	l->at = must_realloc(l->at, l->room, sizeof *l->at);
	l->hash = must_realloc(l->hash, l->room, sizeof *l->hash);
}

void answer_lines_add(struct answer_lines *l, struct slice line)
{
	make_room(l, l->count + 1);
	l->at[l->count] = line;
	l->hash[l->count++] = hash_of(line);
}

void answer_lines_free(struct answer_lines *l)
{
	free(l->at);
	free(l->hash);
	*l = (struct answer_lines){0};
}

static bool same(const struct answer_lines *a, size_t i, const struct answer_lines *b, size_t k)
{
	return a->hash[i] == b->hash[k] && slice_equal(without_end(a->at[i]), without_end(b->at[k]));
}

bool answer_lines_hold(const struct answer_lines *l, const struct answer_lines *of, size_t i)
{
	for (size_t k = 0; k < l->count; k++)
		if (same(l, k, of, i))
			return true;
	return false;
}

/* back[n]: how long a beginning of `old` the first n + 1 lines of it end with. */
static size_t *borders(const struct answer_lines *old)
{
	size_t *back = must_alloc(old->count, sizeof *back), k = 0;
	back[0] = 0;
	for (size_t i = 1; i < old->count; i++) {
		while (k > 0 && !same(old, i, old, k))
			k = back[k - 1];
		k += same(old, i, old, k);
		back[i] = k;
	}
	return back;
}

static size_t distance(size_t a, size_t b)
{
	return a > b ? a - b : b - a;
}

static bool find(const struct answer_lines *file, const struct answer_lines *old, size_t wanted, size_t *ret)
{
	size_t *back = borders(old), k = 0;
	bool found = false;
	for (size_t i = 0; i < file->count; i++) {
		while (k > 0 && (k == old->count || !same(file, i, old, k)))
			k = back[k - 1];
		k += same(file, i, old, k);
		if (k < old->count)
			continue;
		size_t at = i + 1 - k;
		if (!found || distance(at, wanted) < distance(*ret, wanted))
			*ret = at;
		found = true;
	}
	free(back);
	return found;
}

/* The file's own text of the lines that stay stays, blanks at their ends included. Those
 * are the lines of the diff that both sides have, in the order of the diff. */
static void keep_text(const struct answer_lines *file, size_t at, const struct answer_lines *old,
		      const struct answer_lines *new, struct answer_lines *result)
{
	size_t k = 0;
	for (size_t i = 0; i < new->count; i++) {
		while (k < old->count && old->at[k].at < new->at[i].at)
			k++;
		bool stays = k < old->count && old->at[k].at == new->at[i].at;
		/* there is room where there is a line: NOLINTNEXTLINE(clang-analyzer-core.NullDereference) */
		result->at[at + i] = stays ? file->at[at + k] : new->at[i];
		result->hash[at + i] = new->hash[i];
	}
}

bool answer_hunk(struct answer_lines *file, const struct answer_lines *old, const struct answer_lines *new,
		 size_t wanted, size_t *ret_end)
{
	size_t at = wanted < file->count ? wanted : file->count;
	if (old->count > 0 && !find(file, old, wanted, &at))
		return false;
	struct answer_lines result = {0};
	make_room(&result, file->count - old->count + new->count);
	result.count = file->count - old->count + new->count;
	size_t behind = at + old->count;
	if (at > 0) { /* of a file with lines: NOLINTNEXTLINE(clang-analyzer-core.NonNullParamChecker) */
		memcpy(result.at, file->at, at * sizeof *file->at);
		memcpy(result.hash, file->hash, at * sizeof *file->hash);
	}
	keep_text(file, at, old, new, &result);
	if (behind < file->count) { /* likewise: NOLINTNEXTLINE(clang-analyzer-core.NonNullParamChecker) */
		memcpy(result.at + at + new->count, file->at + behind, (file->count - behind) * sizeof *file->at);
		memcpy(result.hash + at + new->count, file->hash + behind, (file->count - behind) * sizeof *file->hash);
	}
	answer_lines_free(file);
	*file = result;
	*ret_end = at + new->count;
	return true;
}
