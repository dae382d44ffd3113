/* SPDX-License-Identifier: Apache-2.0 */
#include "cli/site_folder.h"

#include "core/auto.h"
#include "core/file.h"

#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

enum { LISTING_MAX = 1 << 20, BASE_MAX = 200 /* bytes of a name that a session keeps */ };

enum status site_folder_add_file(const struct site_kind *kind, void *all, int dirfd, const char *path, const char *name,
				 struct error *err)
{
	AUTO_TEXT struct text text = text_make(kind->text_max + 1);
	enum status status = file_read(dirfd, path, kind->text_max, &text, err);
	return status ? status : kind->add(all, text_slice(&text), name, err);
}

enum status site_folder_add(const struct site_kind *kind, void *all, int dirfd, const char *path, struct error *err)
{
	AUTO_FD int folder = -1;
	struct error why = {0};
	struct file_entry *entries = NULL;
	size_t count = 0;
	enum status status = file_open_folder(dirfd, path, &folder, &why);
	if (status == ERR_NO_INPUT)
		return OK;
	if (status) {
		*err = why;
		return status;
	}
	struct arena *arena = arena_new(LISTING_MAX);
	status = file_list(folder, arena, &entries, &count, err);
	for (size_t i = 0; i < count && !status; i++) {
		AUTO_TEXT struct text name = text_make(2 * FILE_PATH_MAX);
		text_addf(&name, "%s/%s", path, entries[i].path);
		if (slice_ends(slice_of_string(entries[i].path), ".tsv") && !strchr(entries[i].path, '/'))
			status = site_folder_add_file(kind, all, folder, entries[i].path, text_string(&name), err);
	}
	arena_free(arena);
	return status;
}

/* The number tells their order, which decides between rules. */
static void path_of(const struct site_kind *kind, const struct site_file *file, size_t n, char ret[static FILE_PATH_MAX])
{
	const char *slash = strrchr(file->name, '/'), *base = slash ? slash + 1 : file->name;
	bool ends = slice_ends(slice_of_string(base), ".tsv");
	snprintf(ret, FILE_PATH_MAX, "%s/%02zu-%.*s%s", kind->folder, n, BASE_MAX, base,
		 ends && strlen(base) <= BASE_MAX ? "" : ".tsv");
}

enum status site_folder_keep(const struct site_kind *kind, int session, const struct site_files *files, size_t from,
			     void *all, struct error *err)
{
	if (from == 0 && faccessat(session, kind->folder, F_OK, AT_SYMLINK_NOFOLLOW) == 0)
		return fail(err, ERR_MALFORMED, "%s is in the session's folder already, and no rules of it were told: "
			    "something else wrote to that folder", kind->folder);
	enum status status = from < files->count ? file_have_folder(session, kind->folder, err) : OK;
	for (size_t i = from; i < files->count && !status; i++) {
		char path[FILE_PATH_MAX];
		path_of(kind, files->at[i], i, path);
		status = file_write(session, path, files->at[i]->text, err);
		if (!status)
			status = kind->add(all, files->at[i]->text, path, err);
	}
	return status;
}

bool site_folder_ends_with(const struct site_files *all, const struct site_files *last)
{
	for (size_t i = 0; i < last->count; i++)
		if (all->count < last->count || strcmp(all->at[all->count - last->count + i]->sha256, last->at[i]->sha256) != 0)
			return false;
	return true;
}

enum status site_folder_store(const struct site_kind *kind, struct store *store, const struct site_files *files,
			      struct error *err)
{
	enum status status = store_run(store_query(store, kind->reset), err);
	for (size_t i = 0; i < files->count && !status; i++) {
		sqlite3_stmt *q = store_query(store, kind->insert);
		store_bind_text(q, 1, files->at[i]->name);
		store_bind_text(q, 2, files->at[i]->sha256);
		store_bind_slice(q, 3, files->at[i]->text);
		status = store_run(q, err);
	}
	return status;
}
