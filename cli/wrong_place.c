/* SPDX-License-Identifier: Apache-2.0 */
#include "cli/wrong_place.h"

#include "core/auto.h"
#include "core/file.h"

#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>

enum { LOOKED_AT_MAX = 100000 };

/* APPNOTE.TXT 4.3.7: a local file header comes first. */
static bool is_archive(int fd)
{
	static const char magic[4] = {'P', 'K', 3, 4};
	char start[sizeof magic];
	return pread(fd, start, sizeof start, 0) == sizeof start && !memcmp(start, magic, sizeof magic);
}

static bool is_there(int folder, const char *name)
{
	return faccessat(folder, name, F_OK, AT_SYMLINK_NOFOLLOW) == 0;
}

/* The name of the newest session in it, as they are called after their time; "" where there is none. */
static size_t count_sessions(const char *path, char ret[static NAME_MAX + 1])
{
	char inside[NAME_MAX + sizeof "/evidence.ndjson"];
	AUTO_DIR DIR *dir = opendir(path);
	struct dirent *entry;
	size_t count = 0;
	ret[0] = 0;
	for (size_t i = 0; dir && i < LOOKED_AT_MAX && (entry = readdir(dir)) != NULL; i++) {
		snprintf(inside, sizeof inside, "%s/evidence.ndjson", entry->d_name);
		if (entry->d_name[0] == '.' || !is_there(dirfd(dir), inside))
			continue;
		count++;
		if (strcmp(entry->d_name, ret) > 0)
			snprintf(ret, NAME_MAX + 1, "%s", entry->d_name);
	}
	return count;
}

static enum status check_folder(const char *path, int fd, struct error *err)
{
	static const char *const own[] = {"evidence.ndjson", "audit.db", "seal", "raw"};
	char newest[NAME_MAX + 1];
	for (size_t i = 0; i < LENGTH(own); i++)
		if (is_there(fd, own[i]))
			return OK;
	size_t count = count_sessions(path, newest);
	size_t size = strlen(path);
	if (count == 0)
		return OK;
	return fail(err, ERR_USAGE, "%s holds %zu session%s, and is none itself: name one, such as %s%s%s", path, count, count > 1 ? "s" : "",
		    path, size > 0 && path[size - 1] == '/' ? "" : "/", newest);
}

enum status wrong_place_check(const char *path, enum wrong_place_takes takes, struct error *err)
{
	struct stat st;
	AUTO_FD int fd = open(path, O_RDONLY | O_NONBLOCK | O_CLOEXEC);
	if (fd < 0 || fstat(fd, &st) != 0)
		return OK;
	if (S_ISDIR(st.st_mode))
		return check_folder(path, fd, err);
	if (takes == WRONG_PLACE_BUNDLE || !S_ISREG(st.st_mode) || !is_archive(fd))
		return OK;
	return fail(err, ERR_USAGE, "%s is a bundle, and this takes a folder: unpack it, and name %s; verify, reproduce and redact take "
		    "it as it is", path, takes == WRONG_PLACE_UNPACKED ? "its folder" : "the folder raw of a copy that may be changed");
}
