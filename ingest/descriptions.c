/* SPDX-License-Identifier: Apache-2.0 */
#include "ingest/descriptions.h"

#include "core/auto.h"
#include "core/file.h"
#include "core/text.h"
#include "ingest/reader.h"
#include "tables.h" /* generated */

#include <fcntl.h>
#include <stdlib.h>
#include <string.h>

enum { FOLDER_MAX = 1 << 20 /* bytes of names */ };

struct descriptions {
	struct description *at[DESCRIPTIONS_MAX];
	size_t count, built_in;
};

struct descriptions *descriptions_new(void)
{
	struct descriptions *all = must_alloc(1, sizeof *all);
	struct error err = {0};
	all->count = 0;
	for (size_t i = 0; embedded_logs[i].name; i++)
		if (descriptions_add(all, slice_of(embedded_logs[i].text, embedded_logs[i].size),
				     embedded_logs[i].name, &err))
			die("%s", err.text); /* a fault of the build: a test reads each */
	all->built_in = all->count;
	return all;
}

void descriptions_free(struct descriptions *all)
{
	for (size_t i = 0; all && i < all->count; i++)
		description_free(all->at[i]);
	free(all);
}

const struct description *descriptions_find(const struct descriptions *all, struct slice name)
{
	for (size_t i = 0; i < descriptions_count(all); i++)
		if (slice_is(name, all->at[i]->name))
			return all->at[i];
	return NULL;
}

static const char *same_name(const struct descriptions *all, const char *name)
{
	const struct description *same = descriptions_find(all, slice_of_string(name));
	if (same)
		return same->origin;
	for (size_t i = 0; readers[i]; i++)
		if (!strcmp(readers[i]->name, name))
			return "a reader of this build";
	return NULL;
}

enum status descriptions_add(struct descriptions *all, struct slice text, const char *name, struct error *err)
{
	struct description *d = NULL;
	if (all->count == DESCRIPTIONS_MAX)
		return fail(err, ERR_LIMIT, "%s: more than %d descriptions of logs", name, DESCRIPTIONS_MAX);
	enum status status = description_parse(text, name, &d, err);
	if (status)
		return status;
	const char *same = same_name(all, d->name);
	if (same) {
		status = fail(err, ERR_CONFIG, "%s: the name \"%s\" is taken by %s; choose another one", name, d->name, same);
		description_free(d);
		return status;
	}
	all->at[all->count++] = d;
	return OK;
}

static enum status add_from(struct descriptions *all, int dirfd, const char *path, const char *name, struct error *err)
{
	AUTO_TEXT struct text text = text_make(DESCRIPTION_TEXT_MAX + 1);
	enum status status = file_read(dirfd, path, DESCRIPTION_TEXT_MAX, &text, err);
	return status ? status : descriptions_add(all, text_slice(&text), name, err);
}

enum status descriptions_add_file(struct descriptions *all, const char *path, struct error *err)
{
	return add_from(all, AT_FDCWD, path, path, err);
}

enum status descriptions_add_folder(struct descriptions *all, const char *path, struct error *err)
{
	AUTO_FD int folder = -1;
	struct error why = {0};
	struct file_entry *entries = NULL;
	size_t count = 0;
	enum status status = file_open_folder(AT_FDCWD, path, &folder, &why);
	if (status == ERR_NO_INPUT)
		return OK;
	if (status) {
		*err = why;
		return status;
	}
	struct arena *arena = arena_new(FOLDER_MAX);
	status = file_list(folder, arena, &entries, &count, err);
	for (size_t i = 0; i < count && !status; i++) {
		AUTO_TEXT struct text name = text_make(2 * FILE_PATH_MAX);
		text_addf(&name, "%s/%s", path, entries[i].path);
		if (slice_ends(slice_of_string(entries[i].path), ".ini") && !strchr(entries[i].path, '/'))
			status = add_from(all, folder, entries[i].path, text_string(&name), err);
	}
	arena_free(arena);
	return status;
}

size_t descriptions_count(const struct descriptions *all)
{
	return all ? all->count : 0;
}

size_t descriptions_built_in(const struct descriptions *all)
{
	return all ? all->built_in : 0;
}

const struct description *descriptions_at(const struct descriptions *all, size_t n)
{
	return all->at[n];
}
