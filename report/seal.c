/* SPDX-License-Identifier: Apache-2.0 */
#include "report/seal.h"

#include "core/auto.h"
#include "core/file.h"
#include "report/cms.h"
#include "report/custody.h"
#include "report/dsse.h"
#include "report/hash_many.h"
#include "report/how_to_verify.h"
#include "report/retention.h"
#include "report/sha256sums.h"
#include "report/seal_stamp.h"
#include "report/seal_steps.h"
#include "report/sshsig.h"
#include "report/statement.h"

#include <string.h>

enum { ARENA_MAX = 1 << 30 };

struct sealing {
	int folder; /* not owned */
	const struct signing *signing;
	const struct seal_facts *facts;
	struct seal_chain chain;
	struct manifest_facts manifest;
	char keep_until[RETENTION_TEXT_MAX];
	struct arena *arena;	     /* owned */
	struct manifest_file *files; /* in the arena; with room for the three that are made last */
	size_t count;
	unsigned char sums_digest[HASH_SIZE];
};

static void end_sealing(struct sealing *s)
{
	arena_free(s->arena);
}

bool seal_is_signature(const char *path)
{
	return !strcmp(path, SEAL_SUMS) || !strcmp(path, SEAL_CMS) || !strcmp(path, SEAL_SSH) ||
	       !strcmp(path, SEAL_SUMS_COPY) || seal_stamp_is(path);
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

static enum status write_certificate(const struct sealing *s, struct error *err)
{
	const struct certificate *certificate = signing_certificate(s->signing);
	AUTO_TEXT struct text pem = text_make(CERTIFICATE_PEM_MAX);
	AUTO_TEXT struct text allowed = text_make(SSHSIG_SIZE_MAX);
	certificate_add_pem(certificate, &pem);
	sshsig_allowed_signers(&certificate->key, &allowed);
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

/* Hashes everything that the manifest is to list. */
static enum status hash_files(struct sealing *s, struct error *err)
{
	struct file_entry *entries = NULL;
	size_t count = 0;
	enum status status = list(s, &entries, &count, err);
	if (status)
		return status;
	s->files = arena_alloc(s->arena, (count + 3) * sizeof *s->files);
	if (!s->files)
		return fail(err, ERR_LIMIT, "the list of files is too long");
	for (size_t i = 0; i < count; i++) {
		if (!strcmp(entries[i].path, SEAL_MANIFEST) ||
		    (s->facts->copies && !strcmp(entries[i].path, SEAL_MANIFEST_COPY)) ||
		    !strcmp(entries[i].path, SEAL_ATTESTATION) ||
		    !strcmp(entries[i].path, SEAL_UNFINISHED) || seal_is_signature(entries[i].path))
			continue;
		s->files[s->count++].path = entries[i].path;
	}
	return hash_many(s->folder, s->files, s->count, err);
}

/* Puts a file that was made last where it belongs in the order of paths. */
static enum status insert(struct sealing *s, const char *path, struct error *err)
{
	struct manifest_file file = {.path = path};
	enum status status = hash_many(s->folder, &file, 1, err);
	if (status)
		return status;
	size_t at = 0;
	while (at < s->count && strcmp(s->files[at].path, path) < 0)
		at++;
	memmove(&s->files[at + 1], &s->files[at], (s->count - at) * sizeof *s->files);
	s->files[at] = file;
	s->count++;
	return OK;
}

/* What the session amounts to, signed by itself. */
static enum status write_attestation(struct sealing *s, struct error *err)
{
	AUTO_TEXT struct text statement = text_make(DSSE_PAYLOAD_MAX), out = text_make(DSSE_SIZE_MAX);
	const struct seal_facts *f = s->facts;
	const struct statement_facts facts = {
		.session_id = f->session_id,
		.verdict = f->verdict,
		.tool_version = f->tool_version,
		.host = f->watched ? f->watched : f->host,
		.sealed_ns = f->now_ns,
		.from_ns = f->from_ns,
		.to_ns = f->to_ns,
		.chain = &s->chain,
		.files = s->files,
		.count = s->count,
	};
	statement_write(&facts, &statement);
	if (statement.overflow)
		return fail(err, ERR_LIMIT, "%s: too long", SEAL_ATTESTATION);
	enum status status = dsse_sign(s->signing, STATEMENT_TYPE, text_slice(&statement), &out, err);
	if (!status)
		status = file_write(s->folder, SEAL_ATTESTATION, text_slice(&out), err);
	return status ? status : insert(s, SEAL_ATTESTATION, err);
}

static enum status write_twice(const struct sealing *s, const char *path, const char *copy, struct slice bytes, struct error *err)
{
	enum status status = file_write(s->folder, path, bytes, err);
	return status || !s->facts->copies ? status : file_write(s->folder, copy, bytes, err);
}

static enum status copy_custody(const struct sealing *s, struct error *err)
{
	AUTO_TEXT struct text log = text_make(CUSTODY_SIZE_MAX);
	if (!s->facts->copies)
		return OK;
	enum status status = file_read(s->folder, SEAL_CUSTODY, CUSTODY_SIZE_MAX, &log, err);
	return status ? status : file_write(s->folder, SEAL_CUSTODY_COPY, text_slice(&log), err);
}

static enum status write_manifest(const struct sealing *s, struct error *err)
{
	AUTO_TEXT struct text out = text_make(MANIFEST_SIZE_MAX);
	manifest_write(&s->manifest, s->files, s->count, &out);
	if (out.overflow)
		return fail(err, ERR_LIMIT, "%s: too long", SEAL_MANIFEST);
	return write_twice(s, SEAL_MANIFEST, SEAL_MANIFEST_COPY, text_slice(&out), err);
}

static enum status write_sums(struct sealing *s, struct error *err)
{
	AUTO_TEXT struct text out = text_make(SHA256SUMS_SIZE_MAX);
	enum status status = insert(s, SEAL_MANIFEST, err);
	if (!status && s->facts->copies)
		status = insert(s, SEAL_MANIFEST_COPY, err);
	if (status)
		return status;
	for (size_t i = 0; i < s->count; i++)
		sha256sums_add(&out, s->files[i].path, s->files[i].digest);
	if (out.overflow)
		return fail(err, ERR_LIMIT, "%s: longer than %d bytes", SEAL_SUMS,
			    SHA256SUMS_SIZE_MAX);
	hash_bytes(text_slice(&out), s->sums_digest);
	return write_twice(s, SEAL_SUMS, SEAL_SUMS_COPY, text_slice(&out), err);
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

static struct manifest_facts manifest_of(struct sealing *s)
{
	const struct seal_facts *f = s->facts;
	unsigned years = f->retention_years ? f->retention_years : RETENTION_YEARS;
	retention_until(f->to_ns ? f->to_ns : f->now_ns, years, s->keep_until);
	return (struct manifest_facts){
		.session_id = f->session_id,
		.verdict = f->verdict,
		.tool_version = f->tool_version,
		.sealed_ns = f->now_ns,
		.signer = signing_certificate(s->signing),
		.chain = &s->chain,
		.key_protection = signing_protection(s->signing),
		.stamp_follows = f->stamp_follows,
		.marking = f->marking,
		.retention_years = years,
		.keep_until = s->keep_until,
		.derived_from = f->derived_from && *f->derived_from ? f->derived_from : NULL,
		.origins = f->origins,
		.folder = f->folder,
		.fleet = f->fleet,
	};
}

enum status seal_folder(int folder_fd, const struct signing *signing,
			const struct seal_facts *facts, struct error *err)
{
	__attribute__((cleanup(end_sealing))) struct sealing s = {.folder = folder_fd,
								  .signing = signing,
								  .facts = facts,
								  .arena = arena_new(ARENA_MAX)};
	s.manifest = manifest_of(&s);
	AUTO_FD int seal = -1;
	struct file_entry *entries;
	size_t count;
	enum status status = list(&s, &entries, &count, err);
	if (!status)
		status = seal_chain_read(folder_fd, &s.chain, err);
	if (!status)
		status = seal_open(folder_fd, &seal, err);
	if (!status)
		status = seal_begin(folder_fd, seal, err);
	if (!status)
		status = seal_remove_parts(folder_fd, err);
	if (!status)
		status = seal_add_custody(folder_fd, facts, err);
	if (!status)
		status = copy_custody(&s, err);
	if (!status)
		status = write_certificate(&s, err);
	if (!status)
		status = write_how_to(&s, err);
	if (!status)
		status = hash_files(&s, err);
	if (!status)
		status = write_attestation(&s, err);
	if (!status)
		status = write_manifest(&s, err);
	if (!status)
		status = write_sums(&s, err);
	if (!status)
		status = write_signatures(&s, err);
	return status ? status : seal_finish(folder_fd, seal, err);
}
