/* SPDX-License-Identifier: Apache-2.0 */
#include "cli/endpoint_files.h"

#include "cli/config.h"
#include "core/auto.h"

#include <fcntl.h>
#include <stdio.h>
#include <string.h>

enum { LISTING_MAX = 1 << 20 };

static enum status add_file(struct endpoints *all, int dirfd, const char *path, const char *name, struct error *err)
{
	AUTO_TEXT struct text text = text_make(ENDPOINT_TEXT_MAX + 1);
	enum status status = file_read(dirfd, path, ENDPOINT_TEXT_MAX, &text, err);
	return status ? status : endpoints_add(all, text_slice(&text), name, err);
}

/* Every *.tsv of a folder, by name; one that is not there holds none. */
static enum status add_folder(struct endpoints *all, int dirfd, const char *path, struct error *err)
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
			status = add_file(all, folder, entries[i].path, text_string(&name), err);
	}
	arena_free(arena);
	return status;
}

static enum status add_named(struct endpoints *all, const struct argument_list *named, struct error *err)
{
	enum status status = OK;
	for (size_t i = 0; named && i < named->count && !status; i++)
		status = add_file(all, AT_FDCWD, named->at[i], named->at[i], err);
	return status;
}

enum status endpoint_files_load(const struct argument_list *named, struct endpoints **ret, struct error *err)
{
	char own[FILE_PATH_MAX];
	*ret = endpoints_new();
	enum status status = add_folder(*ret, AT_FDCWD, "/etc/airgap-verify/" ENDPOINTS_FOLDER, err);
	if (!status && config_path(ENDPOINTS_FOLDER, own))
		status = add_folder(*ret, AT_FDCWD, own, err);
	return status ? status : add_named(*ret, named, err);
}

enum status endpoint_files_kept(int folder, const struct argument_list *named, struct endpoints **ret, struct error *err)
{
	*ret = endpoints_new();
	enum status status = add_folder(*ret, folder, ENDPOINTS_FOLDER, err);
	return status ? status : add_named(*ret, named, err);
}

/* In their order, which decides between rules that name as much. */
static void path_of(const struct endpoints_file *file, size_t n, char ret[static FILE_PATH_MAX])
{
	const char *slash = strrchr(file->name, '/'), *base = slash ? slash + 1 : file->name;
	bool ends = slice_ends(slice_of_string(base), ".tsv");
	snprintf(ret, FILE_PATH_MAX, ENDPOINTS_FOLDER "/%02zu-%.200s%s", n, base, ends && strlen(base) <= 200 ? "" : ".tsv");
}

enum status endpoint_files_keep(int folder, const struct endpoints *site, struct endpoints **ret, struct error *err)
{
	AUTO_FD int fd = -1;
	size_t count = endpoints_files(site);
	*ret = endpoints_new();
	enum status status = count ? file_make_folder(folder, ENDPOINTS_FOLDER, &fd, err) : OK;
	for (size_t i = 0; i < count && !status; i++) {
		const struct endpoints_file *file = endpoints_file(site, i);
		char path[FILE_PATH_MAX];
		path_of(file, i, path);
		status = file_write(folder, path, file->text, err);
		if (!status)
			status = endpoints_add(*ret, file->text, path, err);
	}
	return status;
}

enum status endpoint_files_store(struct store *store, const struct endpoints *all, struct error *err)
{
	enum status status = store_run(store_query(store, QUERY_ENDPOINT_FILE_RESET), err);
	for (size_t i = 0; i < endpoints_files(all) && !status; i++) {
		const struct endpoints_file *file = endpoints_file(all, i);
		sqlite3_stmt *q = store_query(store, QUERY_ENDPOINT_FILE_INSERT);
		store_bind_text(q, 1, file->name);
		store_bind_text(q, 2, file->sha256);
		store_bind_slice(q, 3, file->text);
		status = store_run(q, err);
	}
	return status;
}
