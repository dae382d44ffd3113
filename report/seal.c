/* SPDX-License-Identifier: Apache-2.0 */
#include "report/seal.h"

#include "core/auto.h"
#include "core/file.h"
#include "report/cms.h"
#include "report/custody.h"
#include "report/how_to_verify.h"
#include "report/sha256sums.h"
#include "report/sshsig.h"

#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <sys/stat.h>

enum { ARENA_MAX = 1 << 30 };

struct sealing {
	int folder; /* not owned */
	const struct signing *signing;
	const struct seal_facts *facts;
	struct seal_chain chain;
	struct manifest_facts manifest;
	struct arena *arena;	     /* owned */
	struct manifest_file *files; /* in the arena; with room for the manifest */
	size_t count;
	unsigned char sums_digest[HASH_SIZE];
};

static void end_sealing(struct sealing *s)
{
	arena_free(s->arena);
}

bool seal_is_signature(const char *path)
{
	return !strcmp(path, SEAL_SUMS) || !strcmp(path, SEAL_CMS) || !strcmp(path, SEAL_SSH);
}

static enum status list(struct sealing *s, struct file_entry **ret, size_t *ret_count,
			struct error *err)
{
	enum status status = file_list(s->folder, s->arena, ret, ret_count, err);
	for (size_t i = 0; !status && i < *ret_count; i++)
		if (!(*ret)[i].regular)
			status = fail(err, ERR_MALFORMED,
				      "%s: a link, device, socket or pipe; only "
				      "plain files can be sealed",
				      (*ret)[i].path);
	return status;
}

/* What a seal that was cut short may have left. */
static enum status remove_parts(int folder, struct error *err)
{
	static const char *const names[] = {
		HOW_TO_VERIFY_FILE, SEAL_MANIFEST, SEAL_CUSTODY, SEAL_CERTIFICATE,
		SEAL_ALLOWED,	    SEAL_SUMS,	   SEAL_CMS,	 SEAL_SSH,
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
	for (size_t i = 0; i < LENGTH(names); i++)
		if (unlinkat(folder, names[i], 0) != 0 && errno != ENOENT)
			return fail_errno(err, ERR_IO, errno, "cannot replace %s", names[i]);
	return OK;
}

/* Adds our entry to the custody log that is there, if one is. */
static enum status write_custody(struct sealing *s, struct error *err)
{
	AUTO_TEXT struct text log = text_make(CUSTODY_SIZE_MAX);
	unsigned char replaced[HASH_SIZE];
	bool there;
	size_t entries = 0, line = 0;
	enum status status = hash_old_sums(s->folder, replaced, &there, err);
	if (!status && faccessat(s->folder, SEAL_CUSTODY, F_OK, AT_SYMLINK_NOFOLLOW) == 0)
		status = file_read(s->folder, SEAL_CUSTODY, CUSTODY_SIZE_MAX, &log, err);
	if (status)
		return status;
	const char *wrong = custody_check(text_slice(&log), &entries, &line);
	if (wrong)
		return fail(err, ERR_MALFORMED,
			    "%s: line %zu: %s; the folder is not sealed over a "
			    "custody log that was changed",
			    SEAL_CUSTODY, line, wrong);
	const struct seal_facts *f = s->facts;
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
		status = remove_signatures(s->folder, err);
	if (!status)
		status = file_write(s->folder, SEAL_CUSTODY, text_slice(&log), err);
	return status;
}

static enum status write_certificate(const struct sealing *s, struct error *err)
{
	const struct certificate *certificate = signing_certificate(s->signing);
	AUTO_TEXT struct text pem = text_make(CERTIFICATE_PEM_MAX);
	AUTO_TEXT struct text allowed = text_make(SSHSIG_SIZE_MAX);
	certificate_add_pem(certificate, &pem);
	sshsig_allowed_signers(certificate->point, &allowed);
	enum status status = file_write(s->folder, SEAL_CERTIFICATE, text_slice(&pem), err);
	if (!status)
		status = file_write(s->folder, SEAL_ALLOWED, text_slice(&allowed), err);
	return status;
}

static enum status write_how_to(const struct sealing *s, struct error *err)
{
	AUTO_TEXT struct text out = text_make(HOW_TO_VERIFY_MAX);
	how_to_verify_write(&s->manifest, &out);
	if (out.overflow)
		return fail(err, ERR_LIMIT, "%s: too long", HOW_TO_VERIFY_FILE);
	return file_write(s->folder, HOW_TO_VERIFY_FILE, text_slice(&out), err);
}

static enum status hash_file(const struct sealing *s, const char *path, struct manifest_file *ret,
			     struct error *err)
{
	AUTO_FD int fd = -1;
	ret->path = path;
	enum status status = file_open(s->folder, path, &fd, err);
	if (status)
		return status;
	status = hash_fd(fd, ret->digest, &ret->size, err);
	return status ? fail_in(err, "%s", path) : OK;
}

/* Hashes everything that the manifest is to list. */
static enum status hash_files(struct sealing *s, struct error *err)
{
	struct file_entry *entries = NULL;
	size_t count = 0;
	enum status status = list(s, &entries, &count, err);
	if (status)
		return status;
	s->files = arena_alloc(s->arena, (count + 1) * sizeof *s->files);
	if (!s->files)
		return fail(err, ERR_LIMIT, "the list of files is too long");
	for (size_t i = 0; i < count; i++) {
		if (!strcmp(entries[i].path, SEAL_MANIFEST) ||
		    !strcmp(entries[i].path, SEAL_UNFINISHED) || seal_is_signature(entries[i].path))
			continue;
		status = hash_file(s, entries[i].path, &s->files[s->count++], err);
		if (status)
			return status;
	}
	return OK;
}

static enum status write_manifest(const struct sealing *s, struct error *err)
{
	AUTO_TEXT struct text out = text_make(MANIFEST_SIZE_MAX);
	manifest_write(&s->manifest, s->files, s->count, &out);
	if (out.overflow)
		return fail(err, ERR_LIMIT, "%s: too long", SEAL_MANIFEST);
	return file_write(s->folder, SEAL_MANIFEST, text_slice(&out), err);
}

/* Puts the manifest where it belongs in the order of paths. */
static enum status insert_manifest(struct sealing *s, struct error *err)
{
	struct manifest_file manifest;
	enum status status = hash_file(s, SEAL_MANIFEST, &manifest, err);
	if (status)
		return status;
	size_t at = 0;
	while (at < s->count && strcmp(s->files[at].path, SEAL_MANIFEST) < 0)
		at++;
	memmove(&s->files[at + 1], &s->files[at], (s->count - at) * sizeof *s->files);
	s->files[at] = manifest;
	s->count++;
	return OK;
}

static enum status write_sums(struct sealing *s, struct error *err)
{
	AUTO_TEXT struct text out = text_make(SHA256SUMS_SIZE_MAX);
	enum status status = insert_manifest(s, err);
	if (status)
		return status;
	for (size_t i = 0; i < s->count; i++)
		sha256sums_add(&out, s->files[i].path, s->files[i].digest);
	if (out.overflow)
		return fail(err, ERR_LIMIT, "%s: longer than %d bytes", SEAL_SUMS,
			    SHA256SUMS_SIZE_MAX);
	hash_bytes(text_slice(&out), s->sums_digest);
	return file_write(s->folder, SEAL_SUMS, text_slice(&out), err);
}

static enum status write_signatures(const struct sealing *s, struct error *err)
{
	AUTO_TEXT struct text cms = text_make(CMS_SIZE_MAX), ssh = text_make(SSHSIG_SIZE_MAX);
	enum status status = cms_sign(s->signing, s->sums_digest, s->facts->now_ns, &cms, err);
	if (!status)
		status = sshsig_sign(s->signing, s->sums_digest, &ssh, err);
	if (!status)
		status = file_write(s->folder, SEAL_CMS, text_slice(&cms), err);
	if (!status)
		status = file_write(s->folder, SEAL_SSH, text_slice(&ssh), err);
	return status;
}

/* Names that were renamed into place must outlast a loss of power. */
static enum status sync_folders(int folder, int seal, struct error *err)
{
	if (fsync(seal) != 0 || fsync(folder) != 0)
		return fail_errno(err, ERR_IO, errno, "cannot finish %s", SEAL_FOLDER);
	return OK;
}

static enum status open_seal(int folder, int *ret_fd, struct error *err)
{
	if (mkdirat(folder, SEAL_FOLDER, 0700) != 0 && errno != EEXIST)
		return fail_errno(err, ERR_CREATE, errno, "cannot make the folder %s", SEAL_FOLDER);
	return file_open_folder(folder, SEAL_FOLDER, ret_fd, err);
}

/* From here on until the end the folder says of itself that its seal is not whole:
 * one that is killed in between must not look like one that was tampered with. */
static enum status begin_seal(int folder, int seal, struct error *err)
{
	enum status status = file_write(folder, SEAL_UNFINISHED, SLICE("being sealed\n"), err);
	return status ? status : sync_folders(folder, seal, err);
}

static enum status finish_seal(int folder, int seal, struct error *err)
{
	enum status status = sync_folders(folder, seal, err);
	if (!status && unlinkat(folder, SEAL_UNFINISHED, 0) != 0)
		status = fail_errno(err, ERR_IO, errno, "cannot finish %s", SEAL_FOLDER);
	return status ? status : sync_folders(folder, seal, err);
}

enum status seal_folder(int folder_fd, const struct signing *signing,
			const struct seal_facts *facts, struct error *err)
{
	__attribute__((cleanup(end_sealing))) struct sealing s = {.folder = folder_fd,
								  .signing = signing,
								  .facts = facts,
								  .arena = arena_new(ARENA_MAX)};
	s.manifest = (struct manifest_facts){facts->session_id,
					     facts->verdict,
					     facts->tool_version,
					     facts->now_ns,
					     signing_certificate(signing),
					     &s.chain};
	AUTO_FD int seal = -1;
	struct file_entry *entries;
	size_t count;
	enum status status = list(&s, &entries, &count, err);
	if (!status)
		status = seal_chain_read(folder_fd, &s.chain, err);
	if (!status)
		status = open_seal(folder_fd, &seal, err);
	if (!status)
		status = begin_seal(folder_fd, seal, err);
	if (!status)
		status = remove_parts(folder_fd, err);
	if (!status)
		status = write_custody(&s, err);
	if (!status)
		status = write_certificate(&s, err);
	if (!status)
		status = write_how_to(&s, err);
	if (!status)
		status = hash_files(&s, err);
	if (!status)
		status = write_manifest(&s, err);
	if (!status)
		status = write_sums(&s, err);
	if (!status)
		status = write_signatures(&s, err);
	return status ? status : finish_seal(folder_fd, seal, err);
}
