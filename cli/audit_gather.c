/* SPDX-License-Identifier: Apache-2.0 */
#include "cli/audit_gather.h"

#include "core/auto.h"
#include "core/file.h"
#include "core/hash.h"
#include "core/json.h"

#include <fcntl.h>
#include <pwd.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

enum { HOMES_MAX = 1000, FIRST_PERSON = 1000, NAME_SIZE = 1024 };

/* Below a home. */
static const struct {
	const char *editor, *folder;
} editors[] = {
	{"VS Code", ".vscode"},   {"VS Code Insiders", ".vscode-insiders"}, {"VSCodium", ".vscode-oss"},
	{"Cursor", ".cursor"},	  {"Windsurf", ".windsurf"},		    {"VS Code Server", ".vscode-server"},
	{"Cursor Server", ".cursor-server"},
};

static void add_fact(struct text *out, const char *kind, struct slice name, struct slice value)
{
	struct json j = json_on(out);
	json_begin_object(&j, NULL);
	json_add_string(&j, "fact", kind);
	json_add_slice(&j, "name", name);
	json_add_slice(&j, "value", value);
	json_end_object(&j);
	text_add_char(out, '\n');
}

/* A folder that is none of somebody else's through a link. */
static int open_below(int above, const char *name)
{
	return openat(above, name, O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC);
}

/* The hash of a regular file, or why there is none. */
static void hash_file(int folder, const char *name, char ret[static HASH_TEXT_MAX])
{
	unsigned char digest[HASH_SIZE];
	struct error err = {0};
	AUTO_FD int fd = -1;
	if (file_open(folder, name, &fd, &err) || hash_fd(fd, digest, NULL, &err))
		snprintf(ret, HASH_TEXT_MAX, "not readable");
	else
		hash_text(digest, ret);
}

/* "publisher.name-1.2.3": the last '-' with a digit behind it begins the version. */
static size_t version_at(struct slice name)
{
	for (size_t i = name.size; i-- > 1;)
		if (name.at[i - 1] == '-' && name.at[i] >= '0' && name.at[i] <= '9')
			return i - 1;
	return name.size;
}

static void add_extension(int extensions, const char *user, const char *editor, const char *name, struct text *out)
{
	char hash[HASH_TEXT_MAX], what[NAME_SIZE], value[NAME_SIZE];
	AUTO_FD int folder = open_below(extensions, name);
	if (folder < 0 || faccessat(folder, "package.json", F_OK, AT_SYMLINK_NOFOLLOW) != 0)
		return;
	hash_file(folder, "package.json", hash);
	struct slice all = slice_of_string(name);
	size_t at = version_at(all);
	struct slice version = slice_part(all, at + 1, all.size);
	snprintf(what, sizeof what, "%s %s %.*s", user, editor, (int)at, name);
	snprintf(value, sizeof value, "%.*s sha256:%s", (int)version.size, version.size ? (const char *)version.at : "", hash);
	add_fact(out, "extension", slice_of_string(what), slice_of_string(value));
}

static void look_into_home(const char *home, const char *user, size_t *count, struct text *out)
{
	AUTO_FD int fd = open(home, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
	for (size_t i = 0; i < LENGTH(editors) && fd >= 0; i++) {
		AUTO_FD int editor = open_below(fd, editors[i].folder);
		int extensions = editor < 0 ? -1 : open_below(editor, "extensions");
		AUTO_DIR DIR *dir = extensions < 0 ? NULL : fdopendir(extensions);
		struct dirent *entry;
		while (dir && (entry = readdir(dir)) != NULL && *count < AUDIT_EXTENSIONS_MAX)
			if (entry->d_name[0] != '.') {
				++*count;
				add_extension(extensions, user, editors[i].editor, entry->d_name, out);
			}
	}
}

/* Of this machine's people, root among them, and where this process is at home. */
static void look_into_all(size_t *count, struct text *out)
{
	const char *own = getenv("HOME");
	const struct passwd *entry;
	bool own_seen = !own || own[0] != '/';
	setpwent();
	for (int i = 0; i < HOMES_MAX && geteuid() == 0 && (entry = getpwent()) != NULL; i++) {
		if ((entry->pw_uid != 0 && entry->pw_uid < FIRST_PERSON) || entry->pw_dir[0] != '/')
			continue;
		own_seen = own_seen || !strcmp(own, entry->pw_dir);
		look_into_home(entry->pw_dir, entry->pw_name, count, out);
	}
	endpwent();
	if (!own_seen)
		look_into_home(own, own, count, out);
}

void audit_gather_extensions(const char *const homes[], struct text *ret)
{
	size_t count = 0;
	for (size_t i = 0; homes && homes[i]; i++)
		look_into_home(homes[i], homes[i], &count, ret);
	if (!homes)
		look_into_all(&count, ret);
}

struct programs {
	struct {
		dev_t device;
		ino_t inode;
	} *seen; /* owned */
	size_t count;
	struct text *out;
};

static bool is_seen(struct programs *p, const struct stat *st)
{
	for (size_t i = 0; i < p->count; i++)
		if (p->seen[i].device == st->st_dev && p->seen[i].inode == st->st_ino)
			return true;
	if (p->count == AUDIT_PROGRAMS_MAX)
		return true;
	p->seen[p->count].device = st->st_dev;
	p->seen[p->count++].inode = st->st_ino;
	return false;
}

/* What runs is hashed, though the file of that name be another by now. */
static void add_program(struct programs *p, int folder)
{
	char path[FILE_PATH_MAX], hash[HASH_TEXT_MAX];
	unsigned char digest[HASH_SIZE];
	struct error err = {0};
	struct stat st;
	ssize_t size = readlinkat(folder, "exe", path, sizeof path);
	struct slice name = slice_of(path, size > 0 ? (size_t)size : 0);
	AUTO_FD int fd = openat(folder, "exe", O_RDONLY | O_CLOEXEC);
	if (slice_ends(name, " (deleted)"))
		name.size -= strlen(" (deleted)");
	if (fd < 0 || !slice_starts(name, "/") || fstat(fd, &st) != 0 || is_seen(p, &st) || hash_fd(fd, digest, NULL, &err))
		return; /* a kernel thread has none; one that ended is gone */
	hash_text(digest, hash);
	add_fact(p->out, "program", name, slice_of_string(hash));
}

/* In our mount namespace? */
static bool sees_our_files(int folder)
{
	struct stat own, its;
	return stat("/proc/self/ns/mnt", &own) == 0 && fstatat(folder, "ns/mnt", &its, 0) == 0 && own.st_dev == its.st_dev &&
	       own.st_ino == its.st_ino;
}

static bool is_meant(const struct watch_roots *roots, const char *pid)
{
	uint64_t number;
	if (!slice_u64(slice_of_string(pid), INT32_MAX, &number))
		return false;
	for (size_t i = 0; roots && i < roots->count; i++)
		if ((uint64_t)roots->pids[i] == number)
			return true;
	return !roots;
}

void audit_gather_programs(const struct watch_roots *roots, struct text *ret)
{
	struct programs p = {.out = ret};
	struct dirent *entry;
	AUTO_DIR DIR *dir = opendir("/proc");
	p.seen = must_alloc(AUDIT_PROGRAMS_MAX, sizeof *p.seen);
	while (dir && (entry = readdir(dir)) != NULL) {
		if (!is_meant(roots, entry->d_name))
			continue;
		AUTO_FD int folder = open_below(dirfd(dir), entry->d_name);
		if (folder >= 0 && (roots || sees_our_files(folder)))
			add_program(&p, folder);
	}
	free(p.seen);
}
