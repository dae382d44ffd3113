/* SPDX-License-Identifier: Apache-2.0 */
#include "cli/watch_find.h"

#include "cli/watch_source.h"
#include "core/auto.h"

#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

enum { FOLDERS_MAX = 10000 };

/* Is there evidence without an end in that folder, and when was it written to last? */
static bool is_running(int place, const char *name, struct timespec *ret_written)
{
	struct stat st, file;
	int64_t last_ns;
	AUTO_FD int folder = openat(place, name, O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC);
	if (folder < 0 || fstat(folder, &st) != 0 || (st.st_uid != geteuid() && st.st_uid != 0) || (st.st_mode & 022) != 0)
		return false;
	AUTO_FD int fd = openat(folder, "evidence.ndjson", O_RDONLY | O_NOFOLLOW | O_CLOEXEC);
	if (fd < 0 || fstat(fd, &file) != 0 || !S_ISREG(file.st_mode) || watch_has_end(fd, &last_ns))
		return false;
	*ret_written = file.st_mtim;
	return true;
}

static bool is_later(const struct timespec *a, const struct timespec *b)
{
	return a->tv_sec != b->tv_sec ? a->tv_sec > b->tv_sec : a->tv_nsec > b->tv_nsec;
}

/* The latest in one place, if it is later than `latest`. False where there is no such place. */
static bool look(const char *place, struct timespec *latest, char ret[static FILE_PATH_MAX])
{
	struct timespec one;
	struct dirent *entry;
	AUTO_DIR DIR *dir = opendir(place);
	for (size_t i = 0; dir && i < FOLDERS_MAX && (entry = readdir(dir)) != NULL; i++)
		if (entry->d_name[0] != '.' && is_running(dirfd(dir), entry->d_name, &one) && is_later(&one, latest) &&
		    strlen(place) + 1 + strlen(entry->d_name) < FILE_PATH_MAX) {
			*latest = one;
			snprintf(ret, FILE_PATH_MAX, "%s/%s", place, entry->d_name);
		}
	return dir != NULL;
}

enum status watch_find(const char *const places[], size_t count, char ret[static FILE_PATH_MAX], struct error *err)
{
	AUTO_TEXT struct text looked = text_make(2 * FILE_PATH_MAX);
	struct timespec latest = {0};
	ret[0] = 0;
	for (size_t i = 0; i < count; i++) {
		bool there = look(places[i], &latest, ret);
		text_add_string(&looked, i ? ", nor in " : "");
		text_add_printable(&looked, slice_of_string(places[i]), FILE_PATH_MAX);
		text_add_string(&looked, there ? "" : " (which is not there)");
	}
	if (ret[0])
		return OK;
	return fail(err, ERR_NO_INPUT, "neither a session nor an audit of yours is running, not in %s; name the folder of one, or start one: "
		    "airgap-verify watch -- COMMAND", text_string(&looked));
}
