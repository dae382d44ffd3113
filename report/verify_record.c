/* SPDX-License-Identifier: Apache-2.0 */
/*
 * What the files say of each other: manifest, custody log, evidence chain. Each is
 * judged only where its hash was good; else it is named already.
 */
#include "core/auto.h"
#include "report/custody.h"
#include "report/dsse.h"
#include "report/seal.h"
#include "report/sshsig.h"
#include "report/statement.h"
#include "report/verify_state.h"

#include <stdlib.h>
#include <string.h>

static bool is_good(const struct verifying *v, const char *path)
{
	const struct verified_file *f = verify_file(v, path);
	return f && f->good && v->sums_state != SUMS_CHANGED;
}

static void check_allowed(struct verifying *v)
{
	AUTO_TEXT struct text found = text_make(SSHSIG_SIZE_MAX),
			      wanted = text_make(SSHSIG_SIZE_MAX);
	if (!v->have_signer || !is_good(v, SEAL_ALLOWED) ||
	    !verify_read(v, SEAL_ALLOWED, SSHSIG_SIZE_MAX, &found))
		return;
	sshsig_allowed_signers(&v->signer.key, &wanted);
	if (!slice_equal(text_slice(&found), text_slice(&wanted)))
		verify_problem(v, VERIFY_BAD, SEAL_ALLOWED,
			       "does not name the key of the certificate, and it alone");
}

static void check_custody(struct verifying *v)
{
	AUTO_TEXT struct text log = text_make(CUSTODY_SIZE_MAX);
	size_t count = 0, line = 0;
	if (!is_good(v, SEAL_CUSTODY) || !verify_read(v, SEAL_CUSTODY, CUSTODY_SIZE_MAX, &log))
		return;
	const char *wrong = custody_check(text_slice(&log), &count, &line);
	if (wrong)
		verify_problem(v, VERIFY_BAD, SEAL_CUSTODY, "line %zu: %s", line, wrong);
	else if (count == 0)
		verify_problem(v, VERIFY_BAD, SEAL_CUSTODY, "has no entry");
}

/* The files that are here, less one; to be freed. */
static struct manifest_file *files_but(const struct verifying *v, const char *not_this, size_t *ret_count)
{
	struct manifest_file *files = must_alloc(v->file_count + 1, sizeof *files);
	*ret_count = 0;
	for (size_t i = 0; i < v->file_count; i++)
		if (strcmp(v->files[i].file.path, not_this) != 0)
			files[(*ret_count)++] = v->files[i].file;
	return files;
}

/* A statement that is whole must tell of the session what the manifest tells. */
static void check_attestation(struct verifying *v, const struct seal_chain *chain, struct slice manifest)
{
	AUTO_TEXT struct text json = text_make(DSSE_SIZE_MAX), payload = text_make(DSSE_PAYLOAD_MAX);
	/* folders that were sealed before there were statements have none */
	if (!verify_file(v, SEAL_ATTESTATION) || !verify_read(v, SEAL_ATTESTATION, DSSE_SIZE_MAX, &json))
		return;
	size_t count;
	struct statement *said = must_alloc(1, sizeof *said);
	AUTO_FREE struct manifest_file *files = files_but(v, SEAL_ATTESTATION, &count);
	const char *wrong = dsse_check(text_slice(&json), STATEMENT_TYPE, &v->signer, &payload);
	if (!wrong)
		wrong = statement_check(text_slice(&payload), chain, files, count, said);
	if (!wrong && !manifest_tells(manifest, said->session_id, said->verdict, said->tool_version, said->sealed_ns))
		wrong = "tells otherwise of the session than " SEAL_MANIFEST;
	if (wrong)
		verify_problem(v, verify_blame(v), SEAL_ATTESTATION, "%s", wrong);
	else if (v->sums_state == SUMS_SIGNED)
		verify_proven(v, "the signed statement of in-toto (%s, verdict %s) names %zu of these files by their hash",
			      SEAL_ATTESTATION, said->verdict, said->subjects);
	free(said);
}

static void check_manifest(struct verifying *v, const struct seal_chain *chain)
{
	AUTO_TEXT struct text json = text_make(MANIFEST_SIZE_MAX), detail = text_make(4096);
	if (!v->have_signer || !v->files_good ||
	    !verify_read(v, SEAL_MANIFEST, MANIFEST_SIZE_MAX, &json))
		return;
	size_t count;
	struct manifest_file *files = files_but(v, SEAL_MANIFEST, &count);
	const struct manifest_facts facts = {.signer = &v->signer, .chain = chain};
	const char *wrong = manifest_check(text_slice(&json), &facts, files, count, &detail);
	free(files);
	if (wrong)
		verify_problem(v, verify_blame(v), SEAL_MANIFEST, "%s%s%s", wrong,
			       detail.size ? " " : "", text_string(&detail));
	else
		check_attestation(v, chain, text_slice(&json));
}

/* False where there is no log that could be read. */
static bool check_chain(struct verifying *v, struct seal_chain *ret)
{
	struct error err = {0};
	if (verify_source_chain(v->source, ret, &err)) {
		verify_problem(v, VERIFY_UNKNOWN, ret->path ? ret->path : SEAL_EVIDENCE, "cannot be read (%s)", err.text);
		return false;
	}
	if (!ret->problem)
		return ret->present;
	verify_problem(v, VERIFY_BAD, ret->path,
		       "line %llu: %s; it verifies up to byte %llu of %llu",
		       (unsigned long long)ret->problem_record, ret->problem,
		       (unsigned long long)ret->sealed_bytes, (unsigned long long)ret->bytes);
	return true;
}

static void describe_chain(struct verifying *v, const struct seal_chain *c)
{
	if (c->problem)
		return;
	/* of a log that is not the sealed one, the chain proves nothing: it could be
	 * another's, whole and well signed by keys of its own */
	if (c->checkpoints && (!v->result->sealed || is_good(v, c->path)))
		verify_proven(
			v,
			"%s was written in its order: %llu %s, each signed by the key "
			"that the one before it names, over %llu of its %llu bytes",
			c->path, (unsigned long long)c->checkpoints, text_plural(c->checkpoints, "checkpoint", "checkpoints"),
			(unsigned long long)c->sealed_bytes, (unsigned long long)c->bytes);
	if (!c->closed)
		verify_not_proven(
			v,
			"the tail of %llu bytes behind the last checkpoint of %s: the log "
			"was not closed",
			(unsigned long long)(c->bytes - c->sealed_bytes), c->path);
}

void verify_records(struct verifying *v)
{
	struct seal_chain chain = {0};
	check_allowed(v);
	check_custody(v);
	if ((verify_file(v, SEAL_EVIDENCE) || verify_file(v, SEAL_EVIDENCE_RAW)) && check_chain(v, &chain))
		describe_chain(v, &chain);
	else
		verify_not_proven(v,
				  "anything about the order of the evidence: there is no %s that "
				  "could be read",
				  SEAL_EVIDENCE);
	check_manifest(v, &chain);
}

void verify_unsealed(struct verifying *v)
{
	struct seal_chain chain = {0};
	const struct file_entry *entry = verify_entry(v, SEAL_EVIDENCE);
	entry = entry ? entry : verify_entry(v, SEAL_EVIDENCE_RAW);
	if (!entry || !entry->regular || !check_chain(v, &chain)) {
		verify_problem(
			v, VERIFY_UNKNOWN, SEAL_SUMS,
			"the folder is not sealed, and has no evidence log that could be read");
		return;
	}
	describe_chain(v, &chain);
	if (!chain.problem)
		verify_problem(v, VERIFY_UNKNOWN, SEAL_SUMS,
			       "not sealed; evidence verifies up to byte %llu of %llu",
			       (unsigned long long)chain.sealed_bytes,
			       (unsigned long long)chain.bytes);
	verify_not_proven(v, "that the evidence log was not replaced as a whole, or anything about "
			     "the other files: the folder is not sealed");
}
