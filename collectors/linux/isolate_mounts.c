/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The folders in which programs of a machine keep their sockets are empty ones inside
 * (mount_namespaces(7)): D-Bus, X11, Wayland, systemd, docker, podman, agents for keys.
 * What the command needs of them, its work folder above all, is put back. A socket that
 * lies anywhere else is covered by /dev/null, to which nobody can connect.
 */
#include "collectors/linux/isolate.h"

#include "core/auto.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <sys/mount.h>
#include <sys/stat.h>

static const struct {
	const char *path, *options;
} folders[] = {
	{"/tmp", "mode=1777"},
	{"/run", "mode=755"},
	{"/dev/shm", "mode=1777"},
	{"/dev/mqueue", "mode=1777"},
	{"/var/tmp", "mode=1777"},
};

_Static_assert(LENGTH(folders) + 1 <= ISOLATE_HIDDEN_MAX, "room for all of them");

/* Needed wherever they lie: distributions that keep their programs below /run. */
static const char *const systems[] = {"/run/current-system", "/run/opengl-driver"};

/* A path that is put back, while it can still be reached. */
struct passed {
	int fd;
	bool folder;
	char path[ISOLATE_PATH_MAX];
};

struct passing {
	size_t count;
	struct passed at[ISOLATE_PASSED_MAX + LENGTH(systems) + ISOLATE_KEEP_MAX];
};

static bool is_below(const char *path, const char *folder)
{
	size_t size = strlen(folder);
	return !strncmp(path, folder, size) && path[size] == '/';
}

bool isolate_hides(const struct isolate *i, const char *path)
{
	bool hidden = false;
	for (size_t h = 0; h < i->hidden_count; h++)
		hidden = hidden || is_below(path, i->hidden[h]);
	for (size_t p = 0; p < i->passed_count && hidden; p++)
		hidden = strcmp(path, i->passed[p]) != 0 && !is_below(path, i->passed[p]);
	return hidden;
}

static void add_passed(struct passing *p, const char *path)
{
	char real[PATH_MAX];
	struct stat st;
	if (!path || !realpath(path, real) || strlen(real) >= ISOLATE_PATH_MAX || p->count == LENGTH(p->at))
		return;
	struct passed *one = &p->at[p->count];
	one->fd = open(real, O_PATH | O_CLOEXEC);
	if (one->fd < 0 || fstat(one->fd, &st) != 0)
		return;
	one->folder = S_ISDIR(st.st_mode);
	snprintf(one->path, sizeof one->path, "%s", real);
	p->count++;
}

static void list_passed(const struct isolate *i, struct passing *p)
{
	for (size_t n = 0; n < i->pass_count; n++)
		add_passed(p, i->pass[n]);
	for (size_t n = 0; n < i->options.keep_count; n++)
		add_passed(p, i->options.keep[n]);
	for (size_t n = 0; n < LENGTH(systems); n++)
		add_passed(p, systems[n]);
}

/* The folder itself is needed: it cannot be hidden, only its sockets can. */
static bool is_needed(const struct passing *p, const char *folder)
{
	for (size_t n = 0; n < p->count; n++)
		if (!strcmp(p->at[n].path, folder))
			return true;
	return false;
}

/* The folders above `path`, and itself as a folder or an empty file. */
static bool make_place(const char *path, bool folder)
{
	char part[ISOLATE_PATH_MAX];
	struct cursor c = cursor_over(slice_of_string(path));
	struct slice name;
	for (size_t used = 0; cursor_until(&c, '/', ISOLATE_PATH_MAX, &name);) {
		used += (size_t)snprintf(part + used, sizeof part - used, "%.*s/", (int)name.size, (const char *)name.at);
		if (used > 1 && mkdir(part, 0755) != 0 && errno != EEXIST)
			return false;
	}
	if (folder)
		return mkdir(path, 0755) == 0 || errno == EEXIST;
	AUTO_FD int fd = open(path, O_WRONLY | O_CREAT | O_CLOEXEC, 0600);
	return fd >= 0;
}

static bool needs(const void *passing, const char *path)
{
	const struct passing *p = passing;
	for (size_t n = 0; n < p->count; n++)
		if (!strcmp(p->at[n].path, path) || is_below(p->at[n].path, path))
			return true;
	return !strcmp(path, "/");
}

static enum status put_back(struct isolate *i, const struct passed *one, struct error *err)
{
	char from[64];
	snprintf(from, sizeof from, "/proc/self/fd/%d", one->fd);
	if (!make_place(one->path, one->folder) || mount(from, one->path, NULL, MS_BIND | MS_REC, NULL) != 0)
		return fail_errno(err, ERR_UNAVAILABLE, errno, "isolate: %s cannot be put back", one->path);
	if (i->passed_count < ISOLATE_PASSED_MAX)
		snprintf(i->passed[i->passed_count++], ISOLATE_PATH_MAX, "%s", one->path);
	return OK;
}

static enum status hide(struct isolate *i, const char *folder, const char *options, const struct passing *p,
			struct error *err)
{
	char real[PATH_MAX];
	if (!realpath(folder, real) || strlen(real) >= ISOLATE_PATH_MAX || is_needed(p, real))
		return OK;
	for (size_t n = 0; n < i->hidden_count; n++)
		if (!strcmp(real, i->hidden[n])) /* one is a link to the other */
			return OK;
	if (mount("tmpfs", real, "tmpfs", MS_NOSUID | MS_NODEV, options) != 0)
		return fail_errno(err, ERR_UNAVAILABLE, errno, "isolate: cannot hide %s", real);
	snprintf(i->hidden[i->hidden_count++], ISOLATE_PATH_MAX, "%s", real);
	for (size_t n = 0; n < p->count; n++) {
		bool again = false;
		for (size_t earlier = 0; earlier < n; earlier++)
			again = again || !strcmp(p->at[earlier].path, p->at[n].path) ||
				is_below(p->at[n].path, p->at[earlier].path);
		if (again || !is_below(p->at[n].path, real))
			continue;
		enum status status = put_back(i, &p->at[n], err);
		if (status)
			return status;
	}
	return OK;
}

/* Where the evidence is written, as far as the command would see it. */
static enum status hide_folder(struct isolate *i, struct error *err)
{
	if (!i->folder[0] || access(i->folder, F_OK) != 0)
		return OK;
	if (mount("tmpfs", i->folder, "tmpfs", MS_NOSUID | MS_NODEV | MS_RDONLY, "mode=755") != 0)
		return fail_errno(err, ERR_UNAVAILABLE, errno, "isolate: cannot hide the session folder");
	snprintf(i->hidden[i->hidden_count++], ISOLATE_PATH_MAX, "%s", i->folder);
	return OK;
}

static bool is_kept(const struct isolate *i, const char *path)
{
	for (size_t n = 0; n < i->options.keep_count; n++)
		if (!strcmp(path, i->options.keep[n]) || is_below(path, i->options.keep[n]))
			return true;
	return false;
}

/* What stands at its path now, seen as the command will see it. */
static enum isolate_place cover(const struct isolate *i, const char *path)
{
	struct stat st;
	if (!path[0])
		return PLACE_UNKNOWN;
	if (stat(path, &st) != 0 && errno == EACCES)
		return PLACE_SHUT;
	if (stat(path, &st) != 0 || !S_ISSOCK(st.st_mode))
		return isolate_hides(i, path) ? PLACE_HIDDEN : PLACE_GONE;
	if (is_kept(i, path))
		return PLACE_KEPT;
	if (access(path, W_OK) != 0)
		return PLACE_SHUT;
	return mount("/dev/null", path, NULL, MS_BIND, NULL) == 0 ? PLACE_MASKED : PLACE_OPEN;
}

/* Where programs look for their own runtime folder, and where locks are kept. */
static void furnish(const struct isolate *i)
{
	char path[64];
	snprintf(path, sizeof path, "/run/user/%u", i->uid);
	if (isolate_hides(i, path) && make_place(path, true))
		chmod(path, 0700);
	if (isolate_hides(i, "/run/lock") && make_place("/run/lock", true))
		chmod("/run/lock", 01777);
	const char *temporary = getenv("TMPDIR");
	if (temporary && temporary[0] == '/' && strlen(temporary) < ISOLATE_PATH_MAX && isolate_hides(i, temporary))
		make_place(temporary, true); /* where it cannot be, the command is told so by its use */
}

enum status isolate_mounts(struct isolate *i, const char *home, struct error *err)
{
	AUTO_FREE struct passing *p = must_alloc(1, sizeof *p);
	char work[PATH_MAX] = "";
	if (!getcwd(work, sizeof work))
		return fail_errno(err, ERR_UNAVAILABLE, errno, "isolate: the work folder has no path");
	if (mount("none", "/", NULL, MS_REC | MS_PRIVATE, NULL) != 0)
		return fail_errno(err, ERR_UNAVAILABLE, errno, "isolate: cannot have mounts of its own");
	add_passed(p, work);
	add_passed(p, home);
	list_passed(i, p);
	enum status status = OK;
	for (size_t n = 0; n < LENGTH(folders) && !status; n++)
		status = hide(i, folders[n].path, folders[n].options, p, err);
	for (size_t n = 0; n < p->count; n++)
		close(p->at[n].fd);
	if (!status)
		status = isolate_files(i, needs, p, err);
	if (!status)
		status = hide_folder(i, err);
	if (status)
		return status;
	for (size_t n = 0; n < i->before.count; n++)
		i->places[n] = (unsigned char)cover(i, i->paths[n]);
	furnish(i);
	/* the old one leads up into what is hidden */
	if (chdir(work) != 0)
		return fail_errno(err, ERR_UNAVAILABLE, errno, "isolate: the work folder %s cannot be entered", work);
	return OK;
}
