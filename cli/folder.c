/* SPDX-License-Identifier: Apache-2.0 */
#include "cli/folder.h"

#include "core/auto.h"
#include "core/clock.h"

#include <errno.h>
#include <stdio.h>
#include <sys/random.h>
#include <sys/stat.h>

static const char ABOVE[] = "airgap-sessions";

enum status folder_name(const char *given, struct folder *ret, struct error *err)
{
	unsigned char bytes[16];
	char time[CLOCK_TEXT_MAX];
	if (getrandom(bytes, sizeof bytes, 0) != sizeof bytes)
		return fail(err, ERR_UNAVAILABLE, "no random numbers");
	for (size_t i = 0; i < sizeof bytes; i++)
		snprintf(ret->id + 2 * i, 3, "%02x", bytes[i]);
	ret->chosen = given != NULL;
	clock_compact(clock_now().wall_ns, time);
	int size = given ? snprintf(ret->path, sizeof ret->path, "%s", given)
			 : snprintf(ret->path, sizeof ret->path, "%s/%s-%.8s", ABOVE, time, ret->id);
	if (size >= (int)sizeof ret->path)
		return fail(err, ERR_USAGE, "-o: the path is longer than %zu bytes", sizeof ret->path - 1);
	return OK;
}

static enum status check_empty(const char *path, struct error *err)
{
	AUTO_DIR DIR *dir = opendir(path);
	struct dirent *entry;
	if (!dir)
		return fail_errno(err, ERR_CREATE, errno, "cannot use the folder %s", path);
	while ((entry = readdir(dir)) != NULL)
		if (entry->d_name[0] != '.')
			return fail(err, ERR_CREATE, "%s: not empty (it holds %s)", path, entry->d_name);
	return OK;
}

enum status folder_make_above(struct error *err)
{
	if (mkdir(ABOVE, 0700) == 0 || errno == EEXIST)
		return OK;
	return fail_errno(err, ERR_CREATE, errno, "cannot make the folder %s here; choose another place with -o DIR", ABOVE);
}

enum status folder_make(const struct folder *f, struct error *err)
{
	if (!f->chosen && folder_make_above(err))
		return err->status;
	if (mkdir(f->path, 0700) == 0)
		return OK;
	if (f->chosen && errno == EEXIST)
		return check_empty(f->path, err); /* another session's folder is not to be touched */
	return fail_errno(err, ERR_CREATE, errno,
			  "cannot make the folder %s; choose another place with -o DIR", f->path);
}
