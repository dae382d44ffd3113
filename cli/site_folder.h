/* SPDX-License-Identifier: Apache-2.0 */
#ifndef CLI_SITE_FOLDER_H
#define CLI_SITE_FOLDER_H

/*
 * Where a site's own rules lie: in folders of *.tsv, and in that of a session that was
 * judged by them.
 */

#include "analysis/site_files.h"
#include "core/store.h"

/* A kind of rules; `all` is what they are collected in. */
struct site_kind {
	const char *folder; /* "endpoints.d" */
	size_t text_max;
	enum status (*add)(void *all, struct slice text, const char *name, struct error *err);
	enum query reset, insert; /* of the table that a database keeps them in */
};

/* Adds one file. */
enum status site_folder_add_file(const struct site_kind *kind, void *all, int dirfd, const char *path, const char *name,
				 struct error *err) MUST_CHECK;

/* Adds every *.tsv of a folder, by name; one that is not there holds none. */
enum status site_folder_add(const struct site_kind *kind, void *all, int dirfd, const char *path,
			    struct error *err) MUST_CHECK;

/* Writes files, from number `from` on, into the folder of that kind in a session's folder;
 * those before lie there. `all` gets what was written added, under the names that it has
 * there. A folder in which none should be is an error: something else made it. */
enum status site_folder_keep(const struct site_kind *kind, int session, const struct site_files *files, size_t from,
			     void *all, struct error *err) MUST_CHECK;

/* Are these the last of all, in the same order? Also true of none. */
bool site_folder_ends_with(const struct site_files *all, const struct site_files *last);

/* Puts files into a database, in the place of those that were there. */
enum status site_folder_store(const struct site_kind *kind, struct store *store, const struct site_files *files,
			      struct error *err) MUST_CHECK;

#endif
