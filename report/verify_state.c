/* SPDX-License-Identifier: Apache-2.0 */
#include "report/verify_state.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { TEXT_MAX = 2048 };

static const char *keep(struct arena *arena, const char *text)
{
	const char *kept = arena_string(arena, slice_of_string(text));
	return kept ? kept : "(more than fits)";
}

PRINTF_LIKE(2, 0)
static const char *keep_formatted(struct arena *arena, const char *format, va_list args)
{
	char plain[TEXT_MAX];
	AUTO_TEXT struct text printable = text_make(8 * TEXT_MAX);
	vsnprintf(plain, sizeof plain, format, args);
	text_add_printable(&printable, slice_of_string(plain), TEXT_MAX);
	return keep(arena, text_string(&printable));
}

void verify_problem(struct verifying *v, enum verify_outcome outcome, const char *path,
		    const char *format, ...)
{
	struct verify_result *r = v->result;
	if (outcome == VERIFY_BAD)
		r->bad++;
	else
		r->unknown++;
	r->outcome = r->bad ? VERIFY_BAD : VERIFY_UNKNOWN;
	if (r->problem_count == VERIFY_PROBLEMS_MAX)
		return;
	va_list args;
	va_start(args, format);
	r->problems[r->problem_count++] = (struct verify_problem){
		.path = keep(r->arena, path),
		.what = keep_formatted(r->arena, format, args),
		.outcome = outcome,
	};
	va_end(args);
}

PRINTF_LIKE(3, 0)
static void add_line(struct verify_result *r, struct verify_lines *lines, const char *format,
		     va_list args)
{
	if (lines->count < VERIFY_LINES_MAX)
		lines->at[lines->count++] = keep_formatted(r->arena, format, args);
}

void verify_proven(struct verifying *v, const char *format, ...)
{
	va_list args;
	va_start(args, format);
	add_line(v->result, &v->result->proven, format, args);
	va_end(args);
}

void verify_not_proven(struct verifying *v, const char *format, ...)
{
	va_list args;
	va_start(args, format);
	add_line(v->result, &v->result->not_proven, format, args);
	va_end(args);
}

enum verify_outcome verify_blame(const struct verifying *v)
{
	return v->sums_state == SUMS_CHANGED ? VERIFY_UNKNOWN : VERIFY_BAD;
}

static int by_entry_path(const void *key, const void *entry)
{
	return strcmp(key, ((const struct file_entry *)entry)->path);
}

const struct file_entry *verify_entry(const struct verifying *v, const char *path)
{
	if (!v->entry_count)
		return NULL;
	return bsearch(path, v->entries, v->entry_count, sizeof *v->entries, by_entry_path);
}

static int by_file_path(const void *key, const void *file)
{
	return strcmp(key, ((const struct verified_file *)file)->file.path);
}

const struct verified_file *verify_file(const struct verifying *v, const char *path)
{
	if (!v->file_count)
		return NULL;
	return bsearch(path, v->files, v->file_count, sizeof *v->files, by_file_path);
}

bool verify_read(struct verifying *v, const char *path, size_t max, struct text *ret)
{
	const struct file_entry *entry = verify_entry(v, path);
	struct error err = {0};
	if (v->listed && !entry) {
		verify_problem(v, VERIFY_BAD, path,
			       "is missing: it was removed, or the sealing was cut short");
		return false;
	}
	if (v->listed && !entry->regular)
		return false; /* noted with all links */
	enum status status = verify_source_read(v->source, path, max, ret, &err);
	if (status == ERR_LIMIT)
		verify_problem(v, VERIFY_BAD, path, "is larger than any that was written");
	else if (status)
		verify_problem(v, VERIFY_UNKNOWN, path, "cannot be read (%s)", err.text);
	return status == OK;
}
