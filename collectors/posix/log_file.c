/* SPDX-License-Identifier: Apache-2.0 */
#include "collectors/log_file.h"

#include "core/file.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

static struct log_file_id id_of(const struct stat *st)
{
	return (struct log_file_id){(uint64_t)st->st_dev, (uint64_t)st->st_ino};
}

int log_file_open(const char *path, struct log_file_id *ret_id, const char **ret_problem)
{
	struct stat st;
	*ret_problem = NULL;
	int fd = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK | O_NOCTTY);
	if (fd >= 0 && fstat(fd, &st) == 0 && S_ISREG(st.st_mode)) {
		*ret_id = id_of(&st);
		return fd;
	}
	int code = errno;
	if (fd >= 0) {
		*ret_problem = "not a regular file";
		close(fd);
	} else if (code != ENOENT) {
		*ret_problem = code == EACCES ? "no permission to read it" : "cannot be opened";
	}
	return -1;
}

bool log_file_look(const char *path, struct log_file_id *ret)
{
	struct stat st;
	if (stat(path, &st) != 0)
		return false;
	*ret = id_of(&st);
	return true;
}

bool log_file_size(int fd, uint64_t *ret)
{
	struct stat st;
	if (fstat(fd, &st) != 0)
		return false;
	*ret = (uint64_t)st.st_size;
	return true;
}

long log_file_read(int fd, void *ret, size_t size, uint64_t at)
{
	ssize_t got;
	while ((got = pread(fd, ret, size, (off_t)at)) < 0 && errno == EINTR)
		;
	return got;
}

void log_file_full_path(const char *path, char *ret, size_t capacity)
{
	char folder[FILE_PATH_MAX];
	if (path[0] == '/')
		snprintf(ret, capacity, "%s", path);
	else
		snprintf(ret, capacity, "%s/%s", getcwd(folder, sizeof folder) ? folder : ".", path);
}

const char *log_file_name(const char *path)
{
	const char *slash = strrchr(path, '/');
	return slash ? slash + 1 : path;
}
