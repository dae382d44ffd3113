/* SPDX-License-Identifier: Apache-2.0 */
#include "benchmark/task.h"

#include <stdlib.h>

/* Names come from models too. Those that begin like an option, or like a file of options,
 * would be taken for one where a compiler is called with all the files of a folder. */
static enum status check_part(struct slice part, bool first)
{
	if (!part.size || slice_is(part, ".") || slice_is(part, ".."))
		return ERR_MALFORMED;
	if (first && (part.at[0] == '-' || part.at[0] == '@'))
		return ERR_MALFORMED;
	return OK;
}

static enum status check_path(struct slice path, struct error *err)
{
	if (path.size >= TASK_PATH_MAX)
		return fail(err, ERR_LIMIT, "a path longer than %d bytes", TASK_PATH_MAX - 1);
	for (struct cursor c = cursor_over(path); cursor_left(&c);) {
		unsigned char byte = cursor_u8(&c);
		if (byte < ' ' || byte == 0x7f || byte == '\\')
			return fail(err, ERR_MALFORMED, "a path with a control character or a backslash");
	}
	for (size_t from = 0; from <= path.size;) {
		struct slice part = slice_part(path, from, path.size);
		part = slice_part(part, 0, slice_find(part, '/'));
		if (check_part(part, from == 0))
			return fail(err, ERR_MALFORMED,
				    "\"%.*s\": a path is names with / between, from the work folder down, and does not "
				    "begin with - or @", (int)path.size, path.size ? (const char *)path.at : "");
		from += part.size + 1;
	}
	return OK;
}

/* Is `outer` a folder on the way to `inner`? */
static bool is_above(struct slice outer, struct slice inner)
{
	return inner.size > outer.size && inner.at[outer.size] == '/' &&
	       slice_equal(slice_part(inner, 0, outer.size), outer);
}

static enum status check_room(const struct task_files *f, struct slice path, struct error *err)
{
	if (f->count == TASK_FILES_MAX)
		return fail(err, ERR_LIMIT, "more than %d files", TASK_FILES_MAX);
	for (size_t i = 0; i < f->count; i++) {
		struct slice there = slice_of_string(f->at[i].path);
		if (is_above(there, path) || is_above(path, there))
			return fail(err, ERR_MALFORMED, "\"%s\": a file, where \"%.*s\" needs a folder, or the other way",
				    f->at[i].path, (int)path.size, (const char *)path.at);
	}
	return OK;
}

static size_t place_of(const struct task_files *f, const char *path) /* f->count: none */
{
	size_t i = 0;
	while (i < f->count && !slice_is(slice_of_string(path), f->at[i].path))
		i++;
	return i;
}

const struct task_file *task_files_find(const struct task_files *f, const char *path)
{
	size_t i = place_of(f, path);
	return i < f->count ? &f->at[i] : NULL;
}

enum status task_files_put(struct task_files *f, const char *path, struct slice content, struct error *err)
{
	struct slice name = slice_of_string(path);
	enum status status = check_path(name, err);
	if (status)
		return status;
	if (content.size > TASK_FILE_MAX)
		return fail(err, ERR_LIMIT, "%s: larger than %d bytes", path, TASK_FILE_MAX);
	size_t i = place_of(f, path);
	if (i == f->count) {
		if ((status = check_room(f, name, err)) != OK)
			return status;
		f->at = must_realloc(f->at, f->count + 1, sizeof *f->at);
		f->at[i] = (struct task_file){.content = text_make(TASK_FILE_MAX)};
		if (!slice_to_string(name, f->at[i].path, sizeof f->at[i].path))
			return fail(err, ERR_INTERNAL, "a path that was checked does not fit");
		f->count++;
	}
	text_clear(&f->at[i].content);
	text_add(&f->at[i].content, content);
	return OK;
}

void task_files_free(struct task_files *f)
{
	for (size_t i = 0; i < f->count; i++)
		text_free(&f->at[i].content);
	free(f->at);
	*f = (struct task_files){0};
}
