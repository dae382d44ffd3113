/* SPDX-License-Identifier: Apache-2.0 */
#include "report/seal_stamp.h"

#include "core/file.h"
#include "report/certificate.h"
#include "report/cms.h"
#include "report/seal.h"
#include "report/sha256sums.h"

#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <unistd.h>

/* The reply first: without it the rest is none. */
static const char *const names[] = {SEAL_REPLY, SEAL_STAMP_SUMS, SEAL_TSA, SEAL_QUERY};

bool seal_stamp_is(const char *path)
{
	for (size_t i = 0; i < LENGTH(names); i++)
		if (!strcmp(path, names[i]))
			return true;
	return false;
}

enum status seal_stamp_remove(int folder, struct error *err)
{
	for (size_t i = 0; i < LENGTH(names); i++)
		if (unlinkat(folder, names[i], 0) != 0 && errno != ENOENT)
			return fail_errno(err, ERR_IO, errno, "cannot remove %s", names[i]);
	return OK;
}

void seal_stamp_sums(struct slice authorities, struct slice query, struct slice reply, struct text *out)
{
	const struct {
		const char *path;
		struct slice bytes;
	} files[] = {{SEAL_TSA, authorities}, {SEAL_QUERY, query}, {SEAL_REPLY, reply}};
	for (size_t i = 0; i < LENGTH(files); i++) {
		unsigned char digest[HASH_SIZE];
		hash_bytes(files[i].bytes, digest);
		sha256sums_add(out, files[i].path, digest);
	}
}

static enum status hash_signature(int folder, unsigned char ret[static HASH_SIZE], struct error *err)
{
	AUTO_TEXT struct text cms = text_make(CMS_SIZE_MAX);
	if (faccessat(folder, SEAL_CMS, F_OK, AT_SYMLINK_NOFOLLOW) != 0)
		return fail(err, ERR_NO_INPUT, "the folder has no seal to be stamped (%s)", SEAL_CMS);
	enum status status = file_read(folder, SEAL_CMS, CMS_SIZE_MAX, &cms, err);
	hash_bytes(text_slice(&cms), ret);
	return status;
}

enum status seal_stamp_ask(int folder, struct text *ret, struct error *err)
{
	unsigned char digest[HASH_SIZE];
	if (faccessat(folder, SEAL_REPLY, F_OK, AT_SYMLINK_NOFOLLOW) == 0)
		return fail(err, ERR_CREATE, "this seal has its time stamp (%s); only a new seal gets another", SEAL_REPLY);
	enum status status = hash_signature(folder, digest, err);
	if (!status)
		status = seal_stamp_remove(folder, err);
	if (status)
		return status;
	timestamp_query(digest, ret);
	return file_write(folder, SEAL_QUERY, text_slice(ret), err);
}

/* The question must be ours, and about the signature that is there. */
static enum status read_query(int folder, struct text *ret, struct error *err)
{
	unsigned char digest[HASH_SIZE];
	enum status status = hash_signature(folder, digest, err);
	if (!status && faccessat(folder, SEAL_QUERY, F_OK, AT_SYMLINK_NOFOLLOW) != 0)
		status = fail(err, ERR_NO_INPUT, "nothing was asked about this seal yet (%s); ask first, and bring the reply to that",
			      SEAL_QUERY);
	if (!status)
		status = file_read(folder, SEAL_QUERY, TIMESTAMP_QUERY_MAX, ret, err);
	if (!status && !timestamp_is_query(text_slice(ret), digest))
		status = fail(err, ERR_MALFORMED, "%s does not ask about the signature that is there; ask anew", SEAL_QUERY);
	return status;
}

enum status seal_stamp_take(int folder, struct slice reply, struct slice authorities_pem, int64_t now_ns,
			    struct timestamp *ret, struct error *err)
{
	AUTO_TEXT struct text query = text_make(TIMESTAMP_QUERY_MAX), sums = text_make(SEAL_STAMP_SUMS_MAX);
	AUTO_TEXT struct text authorities = text_make(SEAL_TSA_MAX);
	if (faccessat(folder, SEAL_REPLY, F_OK, AT_SYMLINK_NOFOLLOW) == 0)
		return fail(err, ERR_CREATE, "this seal has its time stamp (%s)", SEAL_REPLY);
	enum status status = read_query(folder, &query, err);
	if (status)
		return status;
	if (!certificate_add_all_pem(authorities_pem, &authorities))
		return fail(err, ERR_CONFIG, "the authorities of the time stamp: no certificate in PEM, or more than %d bytes",
			    SEAL_TSA_MAX);
	status = timestamp_check(text_slice(&query), reply, text_slice(&authorities), now_ns, ret, err);
	seal_stamp_sums(text_slice(&authorities), text_slice(&query), reply, &sums);
	if (!status)
		status = file_write(folder, SEAL_TSA, text_slice(&authorities), err);
	if (!status)
		status = file_write(folder, SEAL_STAMP_SUMS, text_slice(&sums), err);
	return status ? status : file_write(folder, SEAL_REPLY, reply, err);
}

enum status seal_stamp(int folder, const struct timestamp_source *from, int64_t now_ns, struct timestamp *ret,
		       struct error *err)
{
	AUTO_TEXT struct text query = text_make(TIMESTAMP_QUERY_MAX), reply = text_make(TIMESTAMP_REPLY_MAX);
	enum status status = seal_stamp_ask(folder, &query, err);
	if (!status)
		status = from->ask(from->from, text_slice(&query), &reply, err);
	if (!status && reply.overflow)
		status = fail(err, ERR_LIMIT, "a reply of more than %d bytes", TIMESTAMP_REPLY_MAX);
	return status ? status : seal_stamp_take(folder, text_slice(&reply), from->authorities_pem, now_ns, ret, err);
}
