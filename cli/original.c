/* SPDX-License-Identifier: Apache-2.0 */
#include "cli/original.h"

#include "cli/control_files.h"
#include "cli/database.h"
#include "cli/endpoint_files.h"
#include "cli/raw_files.h"
#include "core/auto.h"
#include "report/bundle.h"
#include "report/verify.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

enum { ARENA_MAX = 1 << 30 };

static enum status check(int fd, bool archive, struct error *err)
{
	struct verify_result *v = must_alloc(1, sizeof *v);
	const struct verify_options nothing = {0};
	enum status status = (archive ? verify_archive : verify_folder)(fd, &nothing, v, err);
	if (!status && v->outcome != VERIFY_GOOD) {
		const struct verify_problem *p = v->problem_count ? &v->problems[0] : NULL;
		bool part = p && strcmp(p->path, ".") != 0; /* of the whole, whoever calls names it */
		status = fail(err, ERR_MALFORMED, "it does not verify: %s%s%s (airgap-verify verify tells all)",
			      part ? p->path : "it", " ", p ? p->what : "is not whole");
	}
	verify_result_free(v);
	free(v);
	return status;
}

static enum status judge_it(struct original *o, struct error *err)
{
	enum verdict verdict;
	size_t kept;
	AUTO_ENDPOINTS struct endpoints *rules = NULL;
	AUTO_FRAMEWORKS struct frameworks *controls = NULL;
	enum status status = endpoint_files_kept(o->folder, NULL, &rules, &kept, err);
	if (!status)
		status = control_files_kept(o->folder, NULL, &controls, &kept, err);
	return status ? status : database_build(o->folder, o->place, NULL, NULL, rules, controls, &verdict, err);
}

static enum status open_it(const char *path, int fd, struct arena *arena, struct original *ret, struct error *err)
{
	struct stat st;
	unsigned char digest[HASH_SIZE];
	uint64_t size;
	struct verify_source source = verify_source_folder(fd);
	bool archive = fstat(fd, &st) == 0 && S_ISREG(st.st_mode);
	enum status status = check(fd, archive, err);
	if (!status && archive)
		status = verify_source_archive(fd, arena, &source, err);
	if (status)
		return status;
	bool bundle = raw_files_bundled(&source);
	status = verify_source_hash(&source, bundle ? "raw/" SEAL_MANIFEST : SEAL_MANIFEST, digest, &size, err);
	if (status)
		return status;
	hash_text(digest, ret->manifest);
	if (!bundle) {
		snprintf(ret->place, sizeof ret->place, "%s", path);
		return file_open_folder(AT_FDCWD, path, &ret->folder, err);
	}
	status = raw_files_place("redact", ret->place, &ret->folder, err);
	ret->temporary = ret->folder >= 0;
	if (!status)
		status = raw_files_take(&source, arena, ret->folder, err);
	return status ? status : judge_it(ret, err);
}

enum status original_open(const char *path, struct original *ret, struct error *err)
{
	AUTO_FD int fd = open(path, O_RDONLY | O_CLOEXEC);
	*ret = (struct original){.folder = -1};
	if (fd < 0)
		return fail_errno(err, ERR_NO_INPUT, errno, "%s", path);
	struct arena *arena = arena_new(ARENA_MAX);
	enum status status = open_it(path, fd, arena, ret, err);
	arena_free(arena);
	return status ? fail_in(err, "%s", path) : OK;
}

bool original_holds(const struct original *o, int folder)
{
	struct stat wanted, at = {0}, before;
	AUTO_FD int fd = dup(folder);
	if (fd < 0 || fstat(o->folder, &wanted) != 0 || fstat(fd, &at) != 0)
		return true;
	do {
		int up = openat(fd, "..", O_RDONLY | O_DIRECTORY | O_CLOEXEC);
		if (at.st_dev == wanted.st_dev && at.st_ino == wanted.st_ino)
			break;
		before = at;
		close(fd);
		fd = up;
	} while (fd >= 0 && fstat(fd, &at) == 0 && (at.st_dev != before.st_dev || at.st_ino != before.st_ino));
	return at.st_dev == wanted.st_dev && at.st_ino == wanted.st_ino;
}

void original_close(struct original *o)
{
	if (o->temporary)
		bundle_remove(o->folder);
	auto_close(&o->folder);
	*o = (struct original){.folder = -1};
}
