/* SPDX-License-Identifier: Apache-2.0 */
#include "cli/bundle_cmmc.h"

#include "core/auto.h"
#include "core/file.h"
#include "report/cmmc_log.h"
#include "report/zip.h"

#include <stdio.h>
#include <string.h>

enum { ARENA_MAX = 1 << 30, LOG_MAX = 1 << 30 };

static enum status hash_all(int fd, struct arena *arena, struct manifest_file **ret, size_t *ret_count, struct error *err)
{
	struct zip zip;
	bool whole = true;
	enum status status = zip_read(fd, arena, &zip, err);
	if (status)
		return status;
	*ret = arena_alloc(arena, (zip.count + 1) * sizeof **ret);
	if (!*ret)
		return fail(err, ERR_LIMIT, "the list of files is too long");
	*ret_count = zip.count;
	for (size_t i = 0; i < zip.count && !status; i++) {
		(*ret)[i].path = zip.entries[i].path;
		(*ret)[i].size = zip.entries[i].size;
		status = zip_hash(fd, &zip.entries[i], (*ret)[i].digest, &whole, err);
	}
	return status;
}

static enum status write_profile(int folder, enum cmmc_profile p, const char *root, const struct manifest_file files[],
				 size_t count, struct error *err)
{
	AUTO_TEXT struct text log = text_make(LOG_MAX), hash = text_make(LOG_MAX);
	AUTO_FD int fd = -1;
	const char *name = cmmc_profile_name(p);
	struct manifest_file of_log = {.path = CMMC_ARTIFACTS};
	cmmc_log_write(p, root, files, count, &log);
	hash_bytes(text_slice(&log), of_log.digest);
	/* the logs lie beside the root, not in it */
	char above[FILE_PATH_MAX];
	size_t cut = strlen(root);
	while (cut > 0 && root[cut - 1] != '/' && root[cut - 1] != '\\')
		cut--;
	snprintf(above, sizeof above, "%.*s", (int)(cut ? cut - 1 : 0), root);
	cmmc_log_write(p, above, &of_log, 1, &hash);
	enum status status = file_have_folder(folder, name, err);
	if (!status)
		status = file_open_folder(folder, name, &fd, err);
	if (!status)
		status = file_write(fd, CMMC_ARTIFACTS, text_slice(&log), err);
	if (!status)
		status = file_write(fd, CMMC_LOG_HASH, text_slice(&hash), err);
	return status;
}

enum status bundle_cmmc_write(int to, const char *name, const char *root, struct error *err)
{
	char folder_name[FILE_PATH_MAX];
	struct arena *arena = arena_new(ARENA_MAX);
	struct manifest_file *files = NULL;
	size_t count = 0;
	AUTO_FD int fd = -1, folder = -1;
	snprintf(folder_name, sizeof folder_name, "%s.cmmc", name);
	enum status status = file_open(to, name, &fd, err);
	if (!status)
		status = hash_all(fd, arena, &files, &count, err);
	if (!status)
		status = file_have_folder(to, folder_name, err);
	if (!status)
		status = file_open_folder(to, folder_name, &folder, err);
	for (int p = 0; p < CMMC_PROFILES && !status; p++)
		if (cmmc_profile_takes((enum cmmc_profile)p, root))
			status = write_profile(folder, (enum cmmc_profile)p, root, files, count, err);
	arena_free(arena);
	return status;
}
