/* SPDX-License-Identifier: Apache-2.0 */
#include "cli/announce.h"

#include "cli/database.h"
#include "cli/seal_words.h"
#include "cli/signer.h"
#include "core/auto.h"
#include "core/file.h"
#include "report/manifest.h"
#include "report/review.h"
#include "report/seal_stamp.h"

#include <fcntl.h>
#include <string.h>
#include <unistd.h>

static bool is_there(int folder, const char *path)
{
	return faccessat(folder, path, F_OK, AT_SYMLINK_NOFOLLOW) == 0;
}

bool announce_is_made(int folder)
{
	AUTO_TEXT struct text json = text_make(MANIFEST_SIZE_MAX);
	struct error ignored = {0};
	return !file_read(folder, SEAL_MANIFEST, MANIFEST_SIZE_MAX, &json, &ignored) && manifest_expects_stamp(text_slice(&json));
}

/* NULL where another seal takes nothing from anybody. */
static const char *why_not(const struct announce_request *r)
{
	if (is_there(r->folder, SEAL_SUMS_COPY))
		return "this is the folder of a bundle, whose seal stays";
	if (is_there(r->folder, REVIEW_FOLDER))
		return "a review is over the seal as it is";
	return r->verdict ? NULL : "the seal tells of no session";
}

static enum status seal_anew(const struct announce_request *r, const struct signing *signing, bool follows, const char *reason,
			     struct error *err)
{
	AUTO_STORE struct store *store = NULL;
	struct seal_words words;
	enum status status = database_open(r->path, STORE_READ, &store, err);
	if (!status)
		status = seal_words_read(store, r->verdict, reason, &words, err);
	if (status)
		return status;
	words.facts.stamp_follows = follows;
	return seal_folder(r->folder, signing, &words.facts, err);
}

/* By the same key only: another would make it the seal of somebody else. */
static enum status change(const struct announce_request *r, bool follows, const char *reason, bool *ret_done, struct error *err)
{
	AUTO_SIGNING struct signing *signing = NULL;
	char fingerprint[HASH_TEXT_MAX];
	const struct signer_named named = {NULL, r->key, r->certificate, r->passphrase_file};
	enum status status = signer_get(&named, &signing, NULL, err);
	if (status)
		return status;
	signing_fingerprint(signing, fingerprint);
	*ret_done = !strcmp(fingerprint, r->fingerprint);
	return *ret_done ? seal_anew(r, signing, follows, reason, err) : OK;
}

enum status announce(const struct announce_request *r, bool *ret_done, const char **ret_why, struct error *err)
{
	*ret_done = false;
	*ret_why = NULL;
	if (is_there(r->folder, SEAL_REPLY) || announce_is_made(r->folder))
		return OK;
	*ret_why = why_not(r);
	if (*ret_why)
		return OK;
	enum status status = change(r, true, "a time stamp is asked for", ret_done, err);
	*ret_why = *ret_done ? NULL : "it was sealed with another key (name it with --key and --certificate)";
	return status;
}

enum status announce_undo(const struct announce_request *r, struct error *err)
{
	bool done;
	return change(r, false, "the time stamp could not be asked for", &done, err);
}
