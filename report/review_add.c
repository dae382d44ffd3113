/* SPDX-License-Identifier: Apache-2.0 */
#include "core/auto.h"
#include "core/file.h"
#include "report/cms.h"
#include "report/review.h"
#include "report/seal.h"
#include "report/sshsig.h"

#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <unistd.h>

static bool is_there(int folder, const char *path)
{
	return faccessat(folder, path, F_OK, AT_SYMLINK_NOFOLLOW) == 0;
}

static enum status hash_file(int folder, const char *path, unsigned char ret[static HASH_SIZE], struct error *err)
{
	AUTO_FD int fd = -1;
	enum status status = file_open(folder, path, &fd, err);
	return status ? status : hash_fd(fd, ret, NULL, err);
}

/* The next free number, and the hash of the review before it. */
static enum status number_it(int folder, struct review *r, struct error *err)
{
	char path[REVIEW_PATH_MAX];
	for (r->number = 1; r->number <= REVIEWS_MAX; r->number++) {
		review_path(r->number, REVIEW_WORDS, path);
		if (!is_there(folder, path))
			break;
	}
	if (r->number > REVIEWS_MAX)
		return fail(err, ERR_LIMIT, "a folder holds at most %d reviews", REVIEWS_MAX);
	r->first = r->number == 1;
	if (r->first)
		return OK;
	review_path(r->number - 1, REVIEW_WORDS, path);
	return hash_file(folder, path, r->previous, err);
}

static enum status fill(int folder, const struct signing *signing, struct review *r, struct error *err)
{
	static const char *const databases[] = {"audit.db", "derived/audit.db"};
	memcpy(r->fingerprint, signing_certificate(signing)->fingerprint, HASH_SIZE);
	r->judged = false;
	enum status status = number_it(folder, r, err);
	if (!status)
		status = hash_file(folder, SEAL_SUMS, r->sums, err);
	for (size_t i = 0; i < LENGTH(databases) && !status && !r->judged; i++)
		if (is_there(folder, databases[i])) {
			status = hash_file(folder, databases[i], r->database, err);
			r->judged = true;
		}
	return status;
}

static enum status put(int folder, unsigned number, enum review_file file, const struct text *bytes, struct error *err)
{
	char path[REVIEW_PATH_MAX];
	review_path(number, file, path);
	if (bytes->overflow)
		return fail(err, ERR_LIMIT, "%s: too long", path);
	return file_write(folder, path, text_slice(bytes), err);
}

static enum status write_all(int folder, const struct signing *signing, struct review *r, struct error *err)
{
	AUTO_TEXT struct text words = text_make(REVIEW_SIZE_MAX), cms = text_make(CMS_SIZE_MAX);
	AUTO_TEXT struct text ssh = text_make(SSHSIG_SIZE_MAX), allowed = text_make(SSHSIG_SIZE_MAX);
	AUTO_TEXT struct text pem = text_make(CERTIFICATE_PEM_MAX);
	review_write(r, &words);
	if (words.overflow)
		return fail(err, ERR_LIMIT, "a review is at most %d bytes", REVIEW_SIZE_MAX);
	hash_bytes(text_slice(&words), r->digest);
	certificate_add_pem(signing_certificate(signing), &pem);
	sshsig_allowed_signers(&signing_certificate(signing)->key, &allowed);
	enum status status = cms_sign(signing, r->digest, r->time_ns, &cms, err);
	if (!status)
		status = sshsig_sign(signing, r->digest, &ssh, err);
	if (!status)
		status = put(folder, r->number, REVIEW_CERTIFICATE, &pem, err);
	if (!status)
		status = put(folder, r->number, REVIEW_ALLOWED, &allowed, err);
	if (!status)
		status = put(folder, r->number, REVIEW_CMS, &cms, err);
	if (!status)
		status = put(folder, r->number, REVIEW_SSH, &ssh, err);
	return status ? status : put(folder, r->number, REVIEW_WORDS, &words, err);
}

enum status review_add(int folder, const struct signing *signing, struct review *r, struct error *err)
{
	AUTO_FD int reviews = -1;
	enum status status = file_have_folder(folder, REVIEW_FOLDER, err);
	if (!status)
		status = file_open_folder(folder, REVIEW_FOLDER, &reviews, err);
	if (!status)
		status = fill(folder, signing, r, err);
	if (!status)
		status = write_all(folder, signing, r, err);
	if (!status && fsync(reviews) != 0)
		status = fail_errno(err, ERR_IO, errno, "cannot finish %s", REVIEW_FOLDER);
	return status;
}
