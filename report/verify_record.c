/* SPDX-License-Identifier: Apache-2.0 */
/*
 * What the files say of each other: manifest, custody log, evidence chain. Each is
 * judged only where its hash was good; else it is named already.
 */
#include "core/auto.h"
#include "report/bundle.h"
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

/* The files that are here, less one and what is made after both; to be freed. */
static struct manifest_file *files_but(const struct verifying *v, const char *not_this, size_t *ret_count)
{
	struct manifest_file *files = must_alloc(v->file_count + 1, sizeof *files);
	*ret_count = 0;
	for (size_t i = 0; i < v->file_count; i++)
		if (strcmp(v->files[i].file.path, not_this) != 0 && strcmp(v->files[i].file.path, SEAL_MANIFEST_COPY) != 0)
			files[(*ret_count)++] = v->files[i].file;
	return files;
}

static const char *keep(struct verifying *v, const char *text)
{
	AUTO_TEXT struct text printable = text_make(8 * STATEMENT_VALUE_MAX);
	text_add_printable(&printable, slice_of_string(text), STATEMENT_VALUE_MAX);
	const char *kept = arena_string(v->result->arena, text_slice(&printable));
	return kept ? kept : "";
}

static void note_session(struct verifying *v, const struct statement *said)
{
	v->result->session = (struct verify_session){
		.known = true,
		.id = keep(v, said->session_id),
		.host = keep(v, said->host),
		.verdict = keep(v, said->verdict),
		.from_ns = said->from_ns,
		.to_ns = said->to_ns,
	};
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
	if (wrong) {
		verify_problem(v, verify_blame(v), SEAL_ATTESTATION, "%s", wrong);
	} else if (v->sums_state == SUMS_SIGNED) {
		note_session(v, said);
		verify_proven(v, "the signed statement of in-toto (%s, verdict %s) names %zu of these files by their hash",
			      SEAL_ATTESTATION, said->verdict, said->subjects);
	}
	free(said);
}

/* What a bundle is of stands in the name of its folder, too, where people look first. */
static void check_folder(struct verifying *v, struct slice manifest)
{
	char sealed[BUNDLE_NAME_MAX], here[BUNDLE_NAME_MAX];
	const struct verify_source *s = v->source;
	struct slice name = s->archive ? slice_of(s->zip.entries[0].path, s->top - 1)
				       : slice_of_string(v->options->folder_name ? v->options->folder_name : "");
	AUTO_TEXT struct text shown = text_make(8 * BUNDLE_NAME_MAX), wanted = text_make(8 * BUNDLE_NAME_MAX);
	if (!manifest_folder(manifest, sealed, sizeof sealed) || !name.size)
		return;
	if (slice_to_string(name, here, sizeof here) && !strcmp(here, sealed))
		return;
	text_add_printable(&shown, name, BUNDLE_NAME_MAX);
	text_add_printable(&wanted, slice_of_string(sealed), BUNDLE_NAME_MAX);
	verify_problem(v, VERIFY_BAD, ".", "the folder was renamed: it is called \"%s\", and was sealed as \"%s\"", text_string(&shown),
		       text_string(&wanted));
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
	if (!wrong && v->sums_state == SUMS_SIGNED)
		check_folder(v, text_slice(&json));
	v->result->keep_told = !wrong && v->sums_state == SUMS_SIGNED && manifest_keep_until(text_slice(&json), v->result->keep_until);
}

static void check_copy(struct verifying *v, const char *path, const char *copy)
{
	const struct verified_file *one = verify_file(v, path), *other = verify_file(v, copy);
	if (one && other && one->good && other->good && memcmp(one->file.digest, other->file.digest, HASH_SIZE) != 0)
		verify_problem(v, verify_blame(v), copy, "is no copy of %s", path);
}

/* The copy of the list is not in the list; that it is there follows from another one. */
static void check_copies(struct verifying *v)
{
	AUTO_TEXT struct text sums = text_make(SHA256SUMS_SIZE_MAX);
	bool wanted = slice_search(text_slice(&v->sums), SLICE("  " SEAL_MANIFEST_COPY "\n")) < v->sums.size;
	bool there = verify_entry(v, SEAL_SUMS_COPY) != NULL;
	check_copy(v, SEAL_MANIFEST, SEAL_MANIFEST_COPY);
	check_copy(v, SEAL_CUSTODY, SEAL_CUSTODY_COPY);
	if (there && !wanted && v->have_sums)
		verify_problem(v, verify_blame(v), SEAL_SUMS_COPY, "is not listed: it was added after the folder was sealed");
	else if (wanted && verify_read(v, SEAL_SUMS_COPY, SHA256SUMS_SIZE_MAX, &sums) && v->sums_state == SUMS_SIGNED &&
		 !slice_equal(text_slice(&sums), text_slice(&v->sums)))
		verify_problem(v, VERIFY_BAD, SEAL_SUMS_COPY, "is no copy of %s, which was signed", SEAL_SUMS);
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

void verify_derived(struct verifying *v, char ret[static HASH_TEXT_MAX])
{
	AUTO_TEXT struct text json = text_make(MANIFEST_SIZE_MAX);
	ret[0] = 0;
	if (is_good(v, SEAL_MANIFEST) && verify_read(v, SEAL_MANIFEST, MANIFEST_SIZE_MAX, &json))
		manifest_derived_from(text_slice(&json), ret);
}

/* Nobody can sign again what the session's keys signed: they were erased. */
static void describe_derived(struct verifying *v, const char *from)
{
	verify_proven(v, "this is a redacted copy, sealed as one; it names what it was derived from: the evidence whose "
			 "seal/manifest.json has the SHA-256 %s", from);
	verify_not_proven(v, "that the copy tells what the original told: names and addresses in it are pseudonyms, what was "
			     "not understood was left out (left_out.ndjson, where that is anything), and the checkpoints of its %s were made when it was redacted. Who "
			     "has the original compares them", SEAL_EVIDENCE);
}

static void describe_chain(struct verifying *v, const struct seal_chain *c, bool derived)
{
	if (c->problem || derived)
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
	char derived[HASH_TEXT_MAX];
	verify_derived(v, derived);
	if (derived[0])
		describe_derived(v, derived);
	check_allowed(v);
	check_custody(v);
	check_copies(v);
	bool there = verify_file(v, SEAL_EVIDENCE) || verify_file(v, SEAL_EVIDENCE_RAW);
	if (there && check_chain(v, &v->chain))
		describe_chain(v, &v->chain, derived[0] != 0);
	else if (!there && verify_file(v, SEAL_BENCHMARK))
		verify_not_proven(v, "anything about what left the machine: a benchmark lies here that nobody watched (--no-watch)");
	else
		verify_not_proven(v,
				  "anything about the order of the evidence: there is no %s that "
				  "could be read",
				  SEAL_EVIDENCE);
	check_manifest(v, &v->chain);
}

void verify_unsealed(struct verifying *v)
{
	struct seal_chain chain = {0};
	const struct file_entry *entry = verify_entry(v, SEAL_EVIDENCE);
	entry = entry ? entry : verify_entry(v, SEAL_EVIDENCE_RAW);
	if (!entry && verify_entry(v, SEAL_BENCHMARK)) {
		verify_problem(v, VERIFY_UNKNOWN, SEAL_SUMS,
			       "not sealed: a benchmark lies here that nobody watched (--no-watch); airgap-verify crosscheck "
			       "writes its documents and seals it");
		return;
	}
	if (!entry || !entry->regular || !check_chain(v, &chain)) {
		verify_problem(
			v, VERIFY_UNKNOWN, SEAL_SUMS,
			"the folder is not sealed, and has no evidence log that could be read");
		return;
	}
	describe_chain(v, &chain, false);
	if (!chain.problem)
		verify_problem(v, VERIFY_UNKNOWN, SEAL_SUMS,
			       "not sealed; evidence verifies up to byte %llu of %llu",
			       (unsigned long long)chain.sealed_bytes,
			       (unsigned long long)chain.bytes);
	verify_not_proven(v, "that the evidence log was not replaced as a whole, or anything about "
			     "the other files: the folder is not sealed");
}
