/* SPDX-License-Identifier: Apache-2.0 */
#include "cli/state_folder.h"

#include "core/auto.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <sys/stat.h>

static const char OF_ROOT[] = "/var/lib/airgap-verify";

enum status state_folder_path(const char *given, char ret[static FILE_PATH_MAX], struct error *err)
{
	const char *state = getenv("XDG_STATE_HOME"), *home = getenv("HOME");
	int size;
	if (given)
		size = snprintf(ret, FILE_PATH_MAX, "%s", given);
	else if (geteuid() == 0)
		size = snprintf(ret, FILE_PATH_MAX, "%s", OF_ROOT);
	else if (state && state[0] == '/')
		size = snprintf(ret, FILE_PATH_MAX, "%s/airgap-verify", state);
	else if (home && home[0] == '/')
		size = snprintf(ret, FILE_PATH_MAX, "%s/.local/state/airgap-verify", home);
	else
		return fail(err, ERR_UNAVAILABLE, "there is no home folder (HOME is not set); name a place with --state DIR");
	if (size < 0 || size >= FILE_PATH_MAX)
		return fail(err, ERR_USAGE, "the path of the state folder is longer than %d bytes", FILE_PATH_MAX - 1);
	return *ret ? OK : fail(err, ERR_USAGE, "--state: an empty path");
}

static enum status check_owner(int fd, const char *path, struct error *err)
{
	struct stat st;
	if (fstat(fd, &st) != 0)
		return fail_errno(err, ERR_IO, errno, "%s", path);
	if (st.st_uid != geteuid())
		return fail(err, ERR_PERMISSION, "%s belongs to user %u, not to %u: name a place of your own with --state DIR", path,
			    (unsigned)st.st_uid, (unsigned)geteuid());
	if (st.st_mode & 022)
		return fail(err, ERR_PERMISSION, "%s: others may write there; chmod go-w %s", path, path);
	return OK;
}

static enum status open_within(const struct state_folder *s, const char *name, int *ret, struct error *err)
{
	if (mkdirat(s->fd, name, 0700) != 0 && errno != EEXIST)
		return fail_errno(err, ERR_CREATE, errno, "cannot make the folder %s/%s", s->path, name);
	/* not through a link that somebody put there */
	*ret = openat(s->fd, name, O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC);
	if (*ret < 0)
		return fail_errno(err, ERR_CREATE, errno, "%s/%s", s->path, name);
	return check_owner(*ret, name, err) ? fail_in(err, "%s", s->path) : OK;
}

enum status state_folder_open(const char *given, struct state_folder *ret, struct error *err)
{
	*ret = (struct state_folder){.fd = -1, .audits = -1, .bundles = -1};
	enum status status = state_folder_path(given, ret->path, err);
	if (!status)
		status = file_have_folders_above(AT_FDCWD, ret->path, err);
	if (!status)
		status = file_have_folder(AT_FDCWD, ret->path, err);
	if (!status)
		status = file_open_folder(AT_FDCWD, ret->path, &ret->fd, err);
	if (!status)
		status = check_owner(ret->fd, ret->path, err);
	if (!status)
		status = open_within(ret, "audits", &ret->audits, err);
	return status ? status : open_within(ret, "bundles", &ret->bundles, err);
}

void state_folder_close(struct state_folder *s)
{
	int *const all[] = {&s->fd, &s->audits, &s->bundles};
	for (size_t i = 0; i < LENGTH(all); i++) {
		auto_close(all[i]);
		*all[i] = -1;
	}
}
