/* SPDX-License-Identifier: Apache-2.0 */
#include "analysis/site_files.h"

#include <stdlib.h>
#include <string.h>

enum status site_files_add(struct site_files *files, struct slice text, size_t max, const char *name, const char *what,
			   const struct site_file **ret, struct error *err)
{
	unsigned char digest[HASH_SIZE];
	if (files->count == SITE_FILES_MAX)
		return fail(err, ERR_LIMIT, "%s: more than %d files of %s", name, SITE_FILES_MAX, what);
	if (text.size > max)
		return fail(err, ERR_LIMIT, "%s: longer than %zu bytes", name, max);
	if (strlen(name) >= SITE_FILE_NAME_MAX)
		return fail(err, ERR_LIMIT, "a file of %s with a name longer than %d bytes", what, SITE_FILE_NAME_MAX - 1);
	struct site_file *file = must_alloc(1, sizeof *file);
	unsigned char *copy = must_alloc(text.size, 1);
	if (text.size)
		memcpy(copy, text.at, text.size);
	memcpy(file->name, name, strlen(name) + 1);
	file->text = slice_of(copy, text.size);
	hash_bytes(file->text, digest);
	hash_text(digest, file->sha256);
	files->at[files->count++] = file;
	*ret = file;
	return OK;
}

void site_files_drop(struct site_files *files)
{
	struct site_file *file = files->at[--files->count];
	free((void *)file->text.at);
	free(file);
}

void site_files_free(struct site_files *files)
{
	while (files->count)
		site_files_drop(files);
}
