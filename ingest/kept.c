/* SPDX-License-Identifier: Apache-2.0 */
#include "ingest/kept.h"

#include "core/auto.h"
#include "core/file.h"
#include "core/text.h"

#include <stdio.h>
#include <string.h>

enum { LISTING_MAX = 1 << 20, PATH_MAX_SIZE = DESCRIPTION_NAME_MAX + sizeof KEPT_FOLDER + sizeof "/.ini" };

static void path_of(struct slice name, char ret[static PATH_MAX_SIZE])
{
	snprintf(ret, PATH_MAX_SIZE, KEPT_FOLDER "/%.*s.ini", (int)name.size, name.size ? (const char *)name.at : "");
}

/* The SHA-256 that session.json tells of that name; empty where it tells none. */
static enum status told_sum(struct store *store, struct slice name, char ret[static HASH_TEXT_MAX], struct error *err)
{
	char fact[DESCRIPTION_NAME_MAX + sizeof SESSION_DESCRIPTION];
	bool row;
	snprintf(fact, sizeof fact, SESSION_DESCRIPTION "%.*s", (int)name.size, name.size ? (const char *)name.at : "");
	sqlite3_stmt *q = store_query(store, QUERY_SESSION_VALUE);
	store_bind_text(q, 1, fact);
	enum status status = store_step(q, &row, err);
	if (status || !row || !slice_to_string(store_slice(q, 0), ret, HASH_TEXT_MAX))
		ret[0] = 0;
	sqlite3_reset(q);
	return status;
}

/* "NAME.ini" */
static bool name_of(const char *file, struct slice *ret)
{
	struct slice all = slice_of_string(file);
	*ret = slice_part(all, 0, all.size - (slice_ends(all, ".ini") ? 4 : 0));
	return slice_ends(all, ".ini") && description_name(*ret);
}

/* One that session.json vouches for. */
static enum status add_checked(struct descriptions *all, struct slice text, const char *path, struct slice name,
			       const char *sum, struct error *err)
{
	size_t count = descriptions_count(all);
	enum status status = descriptions_add(all, text, path, err);
	if (status)
		return status;
	const struct description *d = descriptions_at(all, count);
	if (strcmp(d->sha256, sum) != 0)
		return fail(err, ERR_MALFORMED, "%s: not the description that the session was started with: its SHA-256 "
			    "is %s, and session.json says %s", path, d->sha256, sum);
	return slice_is(name, d->name) ? OK
				       : fail(err, ERR_MALFORMED, "%s: the description calls itself %s", path, d->name);
}

static enum status add_file(struct store *store, struct descriptions *all, int dirfd, const struct file_entry *file,
			    struct error *err)
{
	AUTO_TEXT struct text text = text_make(DESCRIPTION_TEXT_MAX + 1);
	char path[PATH_MAX_SIZE], sum[HASH_TEXT_MAX];
	struct slice name;
	if (!file->regular || !name_of(file->path, &name))
		return fail(err, ERR_MALFORMED, KEPT_FOLDER "/%.64s: no description of a log", file->path);
	path_of(name, path);
	enum status status = told_sum(store, name, sum, err);
	if (!status && !sum[0])
		status = fail(err, ERR_MALFORMED, "%s: session.json knows no such description", path);
	if (!status)
		status = file_read(dirfd, file->path, DESCRIPTION_TEXT_MAX, &text, err);
	return status ? status : add_checked(all, text_slice(&text), path, name, sum, err);
}

static enum status add_folder(struct store *store, struct descriptions *all, int folder, struct error *err)
{
	AUTO_FD int fd = -1;
	struct error why = {0};
	struct file_entry *entries = NULL;
	size_t count = 0;
	enum status status = file_open_folder(folder, KEPT_FOLDER, &fd, &why);
	if (status == ERR_NO_INPUT)
		return OK;
	if (status) {
		*err = why;
		return status;
	}
	struct arena *arena = arena_new(LISTING_MAX);
	status = file_list(fd, arena, &entries, &count, err);
	for (size_t i = 0; i < count && !status; i++)
		status = add_file(store, all, fd, &entries[i], err);
	arena_free(arena);
	return status;
}

/* One that is not kept, as when the session broke off: the site's own, if it is that. */
static enum status add_missing(struct descriptions *all, const struct descriptions *site, struct slice name,
			       const char *sum, struct error *err)
{
	char path[PATH_MAX_SIZE];
	const struct description *own = descriptions_find(site, name);
	path_of(name, path);
	if (own && !strcmp(own->sha256, sum))
		return add_checked(all, own->whole, path, name, sum, err);
	return fail(err, ERR_MALFORMED, "%s is not there: logs of this session may be read by it; name the file with "
		    "the SHA-256 %s by --log-description", path, sum);
}

static enum status add_all_missing(struct store *store, struct descriptions *all, const struct descriptions *site,
				   struct error *err)
{
	bool row = true;
	enum status status = OK;
	sqlite3_stmt *q = store_query(store, QUERY_SESSION_DESCRIPTIONS);
	while (!status) {
		char name[DESCRIPTION_NAME_MAX], sum[HASH_TEXT_MAX];
		status = store_step(q, &row, err);
		if (status || !row)
			break;
		if (!slice_to_string(store_slice(q, 0), name, sizeof name) ||
		    !slice_to_string(store_slice(q, 1), sum, sizeof sum) ||
		    descriptions_find(all, slice_of_string(name)))
			continue;
		status = add_missing(all, site, slice_of_string(name), sum, err);
	}
	sqlite3_reset(q);
	return status;
}

enum status kept_read(struct store *store, int folder, const struct descriptions *site,
		      struct descriptions **ret, struct error *err)
{
	struct descriptions *all = descriptions_new();
	enum status status = add_folder(store, all, folder, err);
	if (!status)
		status = add_all_missing(store, all, site, err);
	for (size_t i = descriptions_built_in(site); i < descriptions_count(site) && !status; i++) {
		const struct description *d = descriptions_at(site, i);
		if (!descriptions_find(all, slice_of_string(d->name)))
			status = descriptions_add(all, d->whole, d->path, err);
	}
	if (status)
		descriptions_free(all);
	else
		*ret = all;
	return status;
}

enum status kept_write(int folder, const struct descriptions *site, struct error *err)
{
	AUTO_FD int fd = -1;
	size_t from = descriptions_built_in(site), count = descriptions_count(site);
	enum status status = from < count ? file_make_folder(folder, KEPT_FOLDER, &fd, err) : OK;
	for (size_t i = from; i < count && !status; i++) {
		const struct description *d = descriptions_at(site, i);
		char path[PATH_MAX_SIZE];
		path_of(slice_of_string(d->name), path);
		status = file_write(folder, path, d->whole, err);
	}
	return status;
}
