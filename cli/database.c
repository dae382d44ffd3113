/* SPDX-License-Identifier: Apache-2.0 */
#include "cli/database.h"

#include "cli/control_files.h"
#include "cli/endpoint_files.h"
#include "core/auto.h"
#include "core/file.h"
#include "ingest/ingest.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <sys/stat.h>

static const char NEW_NAME[] = "audit.db.new", NEW_JOURNAL[] = "audit.db.new-journal",
	NAME[] = "audit.db";

/* A journal that was left by a run that was killed would be played back onto the new
 * database. */
static void remove_new(int folder)
{
	unlinkat(folder, NEW_NAME, 0);
	unlinkat(folder, NEW_JOURNAL, 0);
}

static enum status join(const char *path, const char *name, char ret[static FILE_PATH_MAX],
			struct error *err)
{
	if (snprintf(ret, FILE_PATH_MAX, "%s/%s", path, name) >= FILE_PATH_MAX)
		return fail(err, ERR_USAGE, "%s: too long a path", path);
	return OK;
}

static enum status judge_file(const char *path, const struct policy *policy, const struct endpoints *rules,
			      const struct frameworks *controls, enum verdict *ret, struct error *err)
{
	AUTO_STORE struct store *store = NULL;
	enum status status = store_open(path, STORE_WRITE, &store, err);
	if (!status)
		status = endpoint_files_store(store, rules, err);
	if (!status)
		status = control_files_store(store, controls, err);
	if (!status)
		status = judge(store, policy, ret, err);
	return status ? status : store_close(&store, err);
}

/* Onto the disk and under its name. */
static enum status put_in_place(int folder, struct error *err)
{
	AUTO_FD int fd = openat(folder, NEW_NAME, O_RDONLY | O_CLOEXEC | O_NOFOLLOW);
	if (fd < 0 || fsync(fd) != 0 || renameat(folder, NEW_NAME, folder, NAME) != 0 ||
	    fsync(folder) != 0)
		return fail_errno(err, ERR_IO, errno, "cannot write %s", NAME);
	return OK;
}

enum status database_build(int folder, const char *path, const struct policy *policy,
			   const struct ingest_logs *logs, const struct endpoints *rules,
			   const struct frameworks *controls, enum verdict *ret, struct error *err)
{
	char temporary[FILE_PATH_MAX];
	enum status status = join(path, NEW_NAME, temporary, err);
	if (status)
		return status;
	remove_new(folder);
	status = ingest_session_of(folder, temporary, logs, err);
	if (!status)
		status = judge_file(temporary, policy, rules, controls, ret, err);
	if (!status)
		status = put_in_place(folder, err);
	if (status)
		remove_new(folder);
	return status ? fail_in(err, "%s", path) : OK;
}

enum status database_open(const char *path, enum store_mode mode, struct store **ret,
			  struct error *err)
{
	char inside[FILE_PATH_MAX];
	struct stat st;
	if (stat(path, &st) != 0)
		return fail_errno(err, ERR_NO_INPUT, errno, "%s", path);
	if (!S_ISDIR(st.st_mode))
		return store_open(path, mode, ret, err);
	enum status status = join(path, NAME, inside, err);
	if (!status && stat(inside, &st) != 0)
		status = fail(err, ERR_NO_INPUT, "%s: holds no audit.db; airgap-verify crosscheck %s makes it",
			      path, path);
	return status ? status : store_open(inside, mode, ret, err);
}
