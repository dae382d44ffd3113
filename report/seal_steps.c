/* SPDX-License-Identifier: Apache-2.0 */
#include "report/seal_steps.h"

#include "core/auto.h"
#include "core/file.h"
#include "report/custody.h"
#include "report/how_to_verify.h"
#include "report/seal_stamp.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <unistd.h>

enum status seal_remove_parts(int folder, struct error *err)
{
	static const char *const names[] = {
		HOW_TO_VERIFY_FILE, SEAL_MANIFEST, SEAL_CUSTODY, SEAL_CERTIFICATE,
		SEAL_ALLOWED,	    SEAL_ATTESTATION, SEAL_SUMS, SEAL_CMS, SEAL_SSH,
		SEAL_QUERY,	    SEAL_TSA, SEAL_STAMP_SUMS, SEAL_REPLY,
	};
	for (size_t i = 0; i < LENGTH(names); i++) {
		char part[64];
		snprintf(part, sizeof part, "%s.part", names[i]);
		if (unlinkat(folder, part, 0) != 0 && errno != ENOENT)
			return fail_errno(err, ERR_IO, errno, "cannot remove %s", part);
	}
	return OK;
}

/* The hash of the list that a new seal replaces. */
static enum status hash_old_sums(int folder, unsigned char ret[static HASH_SIZE], bool *ret_there,
				 struct error *err)
{
	AUTO_FD int fd = -1;
	*ret_there = faccessat(folder, SEAL_SUMS, F_OK, AT_SYMLINK_NOFOLLOW) == 0;
	if (!*ret_there)
		return OK;
	enum status status = file_open(folder, SEAL_SUMS, &fd, err);
	if (!status)
		status = hash_fd(fd, ret, NULL, err);
	return status;
}

/* The old signatures go before anything they cover changes. */
static enum status remove_signatures(int folder, struct error *err)
{
	static const char *const names[] = {SEAL_SSH, SEAL_CMS, SEAL_SUMS};
	enum status status = seal_stamp_remove(folder, err);
	if (status)
		return status;
	for (size_t i = 0; i < LENGTH(names); i++)
		if (unlinkat(folder, names[i], 0) != 0 && errno != ENOENT)
			return fail_errno(err, ERR_IO, errno, "cannot replace %s", names[i]);
	return OK;
}

enum status seal_add_custody(int folder, const struct seal_facts *f, struct error *err)
{
	AUTO_TEXT struct text log = text_make(CUSTODY_SIZE_MAX);
	unsigned char replaced[HASH_SIZE];
	bool there;
	size_t entries = 0, line = 0;
	enum status status = hash_old_sums(folder, replaced, &there, err);
	if (!status && faccessat(folder, SEAL_CUSTODY, F_OK, AT_SYMLINK_NOFOLLOW) == 0)
		status = file_read(folder, SEAL_CUSTODY, CUSTODY_SIZE_MAX, &log, err);
	if (status)
		return status;
	const char *wrong = custody_check(text_slice(&log), &entries, &line);
	if (wrong)
		return fail(err, ERR_MALFORMED,
			    "%s: line %zu: %s; the folder is not sealed over a "
			    "custody log that was changed",
			    SEAL_CUSTODY, line, wrong);
	const struct custody_entry entry = {
		.time_ns = f->now_ns,
		.action = entries ? "resealed" : "sealed",
		.user = f->user,
		.host = f->host,
		.tool_version = f->tool_version,
		.reason = f->reason,
		.replaces = there ? replaced : NULL,
	};
	status = custody_add(&log, &entry, err);
	if (!status)
		status = remove_signatures(folder, err);
	if (!status)
		status = file_write(folder, SEAL_CUSTODY, text_slice(&log), err);
	return status;
}

/* Names that were renamed into place must outlast a loss of power. */
static enum status sync_folders(int folder, int seal, struct error *err)
{
	if (fsync(seal) != 0 || fsync(folder) != 0)
		return fail_errno(err, ERR_IO, errno, "cannot finish %s", SEAL_FOLDER);
	return OK;
}

enum status seal_open(int folder, int *ret_fd, struct error *err)
{
	enum status status = file_have_folder(folder, SEAL_FOLDER, err);
	return status ? status : file_open_folder(folder, SEAL_FOLDER, ret_fd, err);
}

enum status seal_begin(int folder, int seal, struct error *err)
{
	enum status status = file_write(folder, SEAL_UNFINISHED, SLICE("being sealed\n"), err);
	return status ? status : sync_folders(folder, seal, err);
}

enum status seal_finish(int folder, int seal, struct error *err)
{
	enum status status = sync_folders(folder, seal, err);
	if (!status && unlinkat(folder, SEAL_UNFINISHED, 0) != 0)
		status = fail_errno(err, ERR_IO, errno, "cannot finish %s", SEAL_FOLDER);
	return status ? status : sync_folders(folder, seal, err);
}

