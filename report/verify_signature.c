/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Who signed SHA256SUMS, and is it what was signed? Three files carry the signer's
 * key: certificate.pem, the CMS signature and the SSH signature. Each signature was
 * written anew and compared before it counts, so one that counts is whole; where they
 * do not agree, the hash that SHA256SUMS has of certificate.pem decides.
 */
#include "report/cms.h"
#include "report/seal.h"
#include "report/sshsig.h"
#include "report/verify_state.h"

#include <string.h>

struct witnesses {
	struct certificate file; /* owned; certificate.pem */
	struct cms_signed cms;	 /* owned */
	struct sshsig ssh;
	bool have_file, have_cms, have_ssh;   /* read, and whole */
	unsigned char digest[HASH_SIZE];      /* of SHA256SUMS */
	unsigned char file_digest[HASH_SIZE]; /* of certificate.pem */
};

static void free_witnesses(struct witnesses *w)
{
	certificate_free(&w->file);
	certificate_free(&w->cms.certificate);
}

static void read_witnesses(struct verifying *v, struct witnesses *w)
{
	AUTO_TEXT struct text pem = text_make(CERTIFICATE_PEM_MAX), cms = text_make(CMS_SIZE_MAX);
	AUTO_TEXT struct text ssh = text_make(SSHSIG_SIZE_MAX);
	const char *wrong;
	if (verify_read(v, SEAL_CERTIFICATE, CERTIFICATE_PEM_MAX, &pem)) {
		wrong = certificate_read_pem(text_slice(&pem), &w->file);
		w->have_file = !wrong;
		hash_bytes(text_slice(&pem), w->file_digest);
		if (wrong)
			verify_problem(v, VERIFY_BAD, SEAL_CERTIFICATE, "%s", wrong);
	}
	if (verify_read(v, SEAL_CMS, CMS_SIZE_MAX, &cms)) {
		wrong = cms_check(text_slice(&cms), &w->cms);
		w->have_cms = !wrong;
		if (wrong)
			verify_problem(v, VERIFY_BAD, SEAL_CMS, "%s", wrong);
	}
	if (verify_read(v, SEAL_SSH, SSHSIG_SIZE_MAX, &ssh)) {
		wrong = sshsig_read(text_slice(&ssh), &w->ssh);
		w->have_ssh = !wrong;
		if (wrong)
			verify_problem(v, VERIFY_BAD, SEAL_SSH, "%s", wrong);
	}
}

static bool same_certificate(const struct certificate *a, const struct certificate *b)
{
	return slice_equal(text_slice(&a->der), text_slice(&b->der));
}

/* certificate.pem and the CMS signature hold different certificates, both whole. A
 * certificate.pem that was changed no longer has the hash that is listed. */
static bool file_is_listed(const struct verifying *v, const struct witnesses *w)
{
	AUTO_TEXT struct text line = text_make(SSHSIG_SIZE_MAX);
	sha256sums_add(&line, SEAL_CERTIFICATE, w->file_digest);
	return slice_search(text_slice(&v->sums), text_slice(&line)) < v->sums.size;
}

static void take_signer(struct verifying *v, struct certificate *from)
{
	v->signer = *from;
	*from = (struct certificate){0};
	v->have_signer = true;
}

/* Settles on one certificate; a signature made under another no longer counts. */
static void choose_signer(struct verifying *v, struct witnesses *w)
{
	if (w->have_file && w->have_cms && !same_certificate(&w->file, &w->cms.certificate)) {
		w->have_file = file_is_listed(v, w);
		w->have_cms = !w->have_file;
		verify_problem(
			v, VERIFY_BAD, w->have_cms ? SEAL_CERTIFICATE : SEAL_CMS,
			w->have_cms ? "is not the certificate under which the folder was signed"
				    : "was made under another certificate than " SEAL_CERTIFICATE);
	}
	if (w->have_file)
		take_signer(v, &w->file);
	else if (w->have_cms)
		take_signer(v, &w->cms.certificate);
	if (w->have_ssh && v->have_signer && !public_key_same(&w->ssh.key, &v->signer.key)) {
		w->have_ssh = false;
		verify_problem(v, VERIFY_BAD, SEAL_SSH,
			       "was made with another key than that of the certificate");
	}
}

/* The list is the signed one if any signature holds over it; then one that does not
 * is itself at fault. */
static void judge_sums(struct verifying *v, const struct witnesses *w)
{
	bool cms_holds = w->have_cms && memcmp(w->cms.digest, w->digest, HASH_SIZE) == 0;
	bool ssh_holds = w->have_ssh && sshsig_holds(&w->ssh, w->digest);
	if (cms_holds || ssh_holds) {
		v->sums_state = SUMS_SIGNED;
		if (w->have_cms && !cms_holds)
			verify_problem(v, VERIFY_BAD, SEAL_CMS,
				       "signs another list than " SEAL_SUMS);
		if (w->have_ssh && !ssh_holds)
			verify_problem(v, VERIFY_BAD, SEAL_SSH, "does not hold over " SEAL_SUMS);
	} else if (w->have_cms || w->have_ssh) {
		v->sums_state = SUMS_CHANGED;
		verify_problem(v, VERIFY_BAD, SEAL_SUMS, "is not the list that was signed");
		if (!w->have_cms)
			verify_problem(v, VERIFY_BAD, SEAL_SSH, "does not hold over " SEAL_SUMS);
	} else {
		verify_problem(v, VERIFY_UNKNOWN, SEAL_SUMS, "no signature over it can be checked");
	}
	if (cms_holds && ssh_holds && v->have_signer)
		verify_proven(v, "%s was signed, twice, with the key of the certificate %s",
			      SEAL_SUMS, v->result->fingerprint);
}

static void describe_signer(struct verifying *v, const struct witnesses *w)
{
	AUTO_TEXT struct text subject = text_make(CERTIFICATE_SIZE_MAX);
	struct verify_result *r = v->result;
	if (w->have_cms)
		r->signed_ns = w->cms.signed_ns;
	if (!v->have_signer)
		return;
	certificate_add_subject(&v->signer, &subject);
	const char *kept = arena_string(r->arena, text_slice(&subject));
	r->signer = kept ? kept : "";
	hash_text(v->signer.fingerprint, r->fingerprint);
	const char *invalid = w->have_cms ? certificate_validity(&v->signer, r->signed_ns) : NULL;
	if (invalid)
		verify_problem(v, VERIFY_UNKNOWN, SEAL_CERTIFICATE,
			       "%s, at the time at which the folder says it was signed", invalid);
}

void verify_signatures(struct verifying *v)
{
	__attribute__((cleanup(free_witnesses))) struct witnesses w = {0};
	v->have_sums = verify_read(v, SEAL_SUMS, SHA256SUMS_SIZE_MAX, &v->sums);
	hash_bytes(text_slice(&v->sums), w.digest);
	read_witnesses(v, &w);
	choose_signer(v, &w);
	describe_signer(v, &w);
	if (v->have_sums)
		judge_sums(v, &w);
}
