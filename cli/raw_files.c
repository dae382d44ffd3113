/* SPDX-License-Identifier: Apache-2.0 */
#include "cli/raw_files.h"

#include "core/auto.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

bool raw_files_bundled(const struct verify_source *s)
{
	return s->archive || verify_source_has(s, SEAL_EVIDENCE_RAW);
}

/* Of a bundle, those below raw/. NULL: not raw. */
static const char *raw_path(const struct verify_source *s, const char *path)
{
	static const char *const derived[] = {"audit.db", "report/", "seal/", "HOW_TO_VERIFY.txt"};
	if (raw_files_bundled(s)) {
		if (!slice_starts(slice_of_string(path), "raw/"))
			return NULL;
		path += strlen("raw/");
	}
	for (size_t i = 0; i < LENGTH(derived); i++)
		if (slice_starts(slice_of_string(path), derived[i]))
			return NULL;
	return path;
}

enum status raw_files_take(const struct verify_source *s, struct arena *arena, int to, struct error *err)
{
	struct file_entry *entries;
	size_t count = 0, taken = 0;
	enum status status = verify_source_list(s, arena, &entries, &count, err);
	for (size_t i = 0; i < count && !status; i++) {
		const char *path = raw_path(s, entries[i].path);
		AUTO_FD int fd = -1;
		if (!path || !entries[i].regular)
			continue;
		status = file_have_folders_above(to, path, err);
		if (!status)
			status = file_create(to, path, &fd, err);
		if (!status)
			status = verify_source_copy(s, entries[i].path, fd, err);
		if (!status)
			status = file_close(&fd, path, err);
		taken++;
	}
	return status || taken ? status : fail(err, ERR_NO_INPUT, "there is no raw evidence in it");
}

enum status raw_files_place(const char *name, char ret[static FILE_PATH_MAX], int *ret_fd, struct error *err)
{
	const char *temporary = getenv("TMPDIR");
	const char *above = temporary && *temporary ? temporary : "/tmp";
	snprintf(ret, FILE_PATH_MAX, "%.3000s/airgap-%s-XXXXXX", above, name);
	if (!mkdtemp(ret))
		return fail_errno(err, ERR_CREATE, errno, "cannot make a folder in %s", above);
	return file_open_folder(AT_FDCWD, ret, ret_fd, err);
}
