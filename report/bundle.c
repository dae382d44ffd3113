/* SPDX-License-Identifier: Apache-2.0 */
#include "report/bundle.h"

#include "core/auto.h"
#include "core/clock.h"
#include "core/file.h"
#include "report/seal_stamp.h"
#include "report/zip.h"

#include <errno.h>
#include <fcntl.h>
#include <ftw.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

enum { ARENA_MAX = 1 << 30, PART_MAX = 32 /* bytes of a part of the name */ };

/* Where what lies; the first that fits. */
static const struct {
	const char *from; /* "…/" for all below a folder, else the whole path */
	const char *to;
} places[] = {
	{"report/report.pdf", "report.pdf"},
	{"report/report.html", "report.html"},
	{"report/report.xlsx", "evidence.xlsx"},
	{"report/", "machine/"},
	{"audit.db", "derived/audit.db"},
	{"", "raw/"},
};

void bundle_place(const char *path, char ret[static FILE_PATH_MAX])
{
	struct slice name = slice_of_string(path);
	for (size_t i = 0; i < LENGTH(places); i++) {
		const char *from = places[i].from;
		size_t size = strlen(from);
		bool folder = size == 0 || from[size - 1] == '/';
		if (folder ? !slice_starts(name, from) : strcmp(path, from) != 0)
			continue;
		snprintf(ret, FILE_PATH_MAX, "%s%s", places[i].to, folder ? path + size : "");
		return;
	}
}

static enum status copy(int from, int to, const char *path, struct error *err)
{
	char buffer[65536];
	for (;;) {
		ssize_t got = read(from, buffer, sizeof buffer);
		if (got < 0 && errno == EINTR)
			continue;
		if (got < 0)
			return fail_errno(err, ERR_IO, errno, "%s", path);
		if (got == 0)
			return OK;
		enum status status = file_write_fd(to, slice_of(buffer, (size_t)got), path, err);
		if (status)
			return status;
	}
}

/* A second name for a file in another folder, below which `place` is made with its parents; a
 * copy where there can be no second name. */
static enum status stage(int from_folder, const char *path, int to_folder, const char *place, struct error *err)
{
	AUTO_FD int from = -1, to = -1;
	enum status status = file_have_folders_above(to_folder, place, err);
	if (status || linkat(from_folder, path, to_folder, place, 0) == 0)
		return status;
	status = file_open(from_folder, path, &from, err);
	if (!status)
		status = file_create(to_folder, place, &to, err);
	if (!status)
		status = copy(from, to, place, err);
	return status ? status : file_close(&to, place, err);
}

static enum status stage_all(const struct bundle_request *r, int parts, struct error *err)
{
	struct arena *arena = arena_new(ARENA_MAX);
	struct file_entry *entries;
	size_t count = 0;
	enum status status = file_list(r->session, arena, &entries, &count, err);
	for (size_t i = 0; i < count && !status; i++) {
		char place[FILE_PATH_MAX];
		bundle_place(entries[i].path, place);
		status = entries[i].regular ? stage(r->session, entries[i].path, parts, place, err)
					    : fail(err, ERR_MALFORMED, "%s is no plain file", entries[i].path);
	}
	arena_free(arena);
	return status;
}

static enum status add_file(struct zip_writer *zip, const struct bundle_request *r, int parts, const char *path,
			    struct error *err)
{
	char name[FILE_PATH_MAX];
	AUTO_FD int fd = -1;
	enum status status = file_open(parts, path, &fd, err);
	if (status)
		return status;
	snprintf(name, sizeof name, "%s/%s", r->top, path);
	return zip_add(zip, name, fd, err);
}

static enum status pack(const struct bundle_request *r, int parts, int fd, struct error *err)
{
	struct arena *arena = arena_new(ARENA_MAX);
	struct zip_writer *zip = zip_writer_new(fd);
	struct file_entry *entries;
	size_t count = 0;
	enum status status = file_list(parts, arena, &entries, &count, err);
	for (size_t i = 0; i < count && !status; i++)
		status = add_file(zip, r, parts, entries[i].path, err);
	if (!status)
		status = zip_finish(zip, err);
	zip_writer_free(zip);
	arena_free(arena);
	return status;
}

static enum status fill(const struct bundle_request *r, int parts, struct error *err)
{
	struct file_output out;
	struct timestamp said;
	struct seal_facts facts = *r->facts;
	facts.copies = true;
	facts.folder = r->top;
	enum status status = stage_all(r, parts, err);
	if (!status)
		status = file_write(parts, "time.json", slice_of_string(r->time_json), err);
	if (!status)
		status = file_write(parts, "tool.json", slice_of_string(r->tool_json), err);
	if (!status)
		status = seal_folder(parts, r->signing, &facts, err);
	if (!status && r->stamp)
		status = seal_stamp(parts, r->stamp, r->facts->now_ns, &said, err);
	if (status)
		return status;
	status = file_begin(r->to, r->name, &out, err);
	if (status)
		return status;
	status = pack(r, parts, out.fd, err);
	if (status) {
		file_abandon(&out);
		return status;
	}
	return file_commit(&out, err);
}

static int remove_one(const char *path, const struct stat *st, int type, struct FTW *at)
{
	(void)st;
	(void)type;
	(void)at;
	return remove(path);
}

void bundle_remove(int folder)
{
	char path[64], real[FILE_PATH_MAX];
	snprintf(path, sizeof path, "/proc/self/fd/%d", folder);
	ssize_t size = readlink(path, real, sizeof real - 1);
	if (size <= 0)
		return;
	real[size] = 0;
	nftw(real, remove_one, 16, FTW_DEPTH | FTW_PHYS);
}

enum status bundle_write(const struct bundle_request *r, struct error *err)
{
	char name[FILE_PATH_MAX];
	AUTO_FD int parts = -1;
	int size = snprintf(name, sizeof name, "%s.parts", r->name);
	if (size < 0 || (size_t)size >= sizeof name)
		return fail(err, ERR_LIMIT, "%s: the name is too long", r->name);
	if (faccessat(r->to, name, F_OK, AT_SYMLINK_NOFOLLOW) == 0)
		return fail(err, ERR_CREATE, "%s is there: a bundling that was cut short left it, or another one runs; "
			    "remove it and try again", name);
	enum status status = file_make_folder(r->to, name, &parts, err);
	if (status)
		return status;
	status = fill(r, parts, err);
	bundle_remove(parts);
	return status;
}

static bool add_part(struct text *out, const char *part)
{
	size_t start = out->size;
	for (const char *c = part; *c && out->size < start + PART_MAX; c++)
		if ((*c >= 'a' && *c <= 'z') || (*c >= 'A' && *c <= 'Z') || (*c >= '0' && *c <= '9') || *c == '.' || *c == '-')
			text_add_char(out, *c);
	if (out->size > start)
		return true;
	text_add_char(out, 'x');
	return false;
}

bool bundle_name(const char *organisation, const char *system, const char *host, int64_t from_ns, int64_t to_ns,
		 const char *id, char ret[static BUNDLE_NAME_MAX])
{
	char from[CLOCK_TEXT_MAX], to[CLOCK_TEXT_MAX];
	AUTO_TEXT struct text name = text_make(BUNDLE_NAME_MAX - 1);
	clock_compact(from_ns, from);
	clock_compact(to_ns, to);
	const char *parts[] = {organisation, system, host, from, to};
	bool told = true;
	text_add_string(&name, "AGV");
	for (size_t i = 0; i < LENGTH(parts); i++) {
		text_add_char(&name, '_');
		told = add_part(&name, parts[i]) && told;
	}
	text_addf(&name, "_%.8s", *id ? id : "x");
	snprintf(ret, BUNDLE_NAME_MAX, "%s", text_string(&name));
	return told;
}
