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

enum status watch_find(const char *place, char ret[static FILE_PATH_MAX], struct error *err)
{
	static const char remedy[] = "name the folder of one, or start one: airgap-verify watch -- COMMAND";
	struct timespec latest = {0}, one;
	struct dirent *entry;
	AUTO_DIR DIR *dir = opendir(place);
	if (!dir)
		return fail(err, ERR_NO_INPUT, "there are no sessions here (%s); %s", place, remedy);
	ret[0] = 0;
	for (size_t i = 0; i < FOLDERS_MAX && (entry = readdir(dir)) != NULL; i++)
		if (entry->d_name[0] != '.' && is_running(dirfd(dir), entry->d_name, &one) && is_later(&one, &latest)) {
			latest = one;
			snprintf(ret, FILE_PATH_MAX, "%s/%s", place, entry->d_name);
		}
	return ret[0] ? OK : fail(err, ERR_NO_INPUT, "no session below %s is running; %s", place, remedy);
}
