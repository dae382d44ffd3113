/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Folders that somebody with a key has made to agree with themselves.
 */
#include "tests/unit/seal_fixture.h"

#include "report/cms.h"
#include "report/sshsig.h"

#include <ctype.h>

static void verify_with(const struct scratch *s, const char *fingerprint, const char *ca,
			struct verify_result *ret)
{
	const struct verify_options options = {.fingerprint_hex = fingerprint, .ca_file = ca};
	assert_int_equal(verify_folder(s->fd, &options, ret, NULL), OK);
}

static void the_fingerprint_must_be_the_one_given(void **state)
{
	const struct scratch *s = *state;
	char fingerprint[HASH_TEXT_MAX], colons[3 * HASH_SIZE + 1] = "";
	struct verify_result r;
	fixture_sealed(s, fingerprint);
	for (size_t i = 0; i < HASH_SIZE; i++)
		snprintf(colons + 3 * i - (i > 0), 4, "%s%c%c", i ? ":" : "",
			 toupper(fingerprint[2 * i]), toupper(fingerprint[2 * i + 1]));
	const char *right[] = {fingerprint, colons};
	for (size_t i = 0; i < LENGTH(right); i++) {
		verify_with(s, right[i], NULL, &r);
		assert_int_equal(r.outcome, VERIFY_GOOD);
		assert_true(fixture_says(&r.proven, "fingerprint was given"));
		assert_false(fixture_says(&r.not_proven, "who the signer is"));
		verify_result_free(&r);
	}
	fingerprint[63] = fingerprint[63] == '0' ? '1' : '0';
	verify_with(s, fingerprint, NULL, &r);
	assert_int_equal(r.outcome, VERIFY_BAD);
	assert_true(fixture_names(&r, SEAL_CERTIFICATE, VERIFY_BAD));
	verify_result_free(&r);
}

static void wrong_options_are_errors(void **state)
{
	static const char *const wrong[] = {
		"", "00", "zz", "0:1:2",
		"000000000000000000000000000000000000000000000000000000000000000000"};
	const struct scratch *s = *state;
	fixture_sealed(s, NULL);
	for (size_t i = 0; i < LENGTH(wrong); i++) {
		const struct verify_options options = {.fingerprint_hex = wrong[i]};
		struct verify_result r;
		assert_int_equal(verify_folder(s->fd, &options, &r, NULL), ERR_USAGE);
		verify_result_free(&r);
	}
	const struct verify_options options = {.ca_file = "/nonexistent/ca.pem"};
	struct verify_result r;
	assert_int_equal(verify_folder(s->fd, &options, &r, NULL), ERR_NO_INPUT);
	verify_result_free(&r);
}

/* Also of what has no seal, where there is nothing to compare: it would look as if it had been compared. */
static void wrong_options_are_errors_without_a_seal(void **state)
{
	const struct scratch *s = *state;
	const struct verify_options wrong[] = {{.fingerprint_hex = "zz"}, {.review_hex = "zz"}};
	scratch_put(s, "no.zip", SLICE("no archive"));
	AUTO_FD int file = openat(s->fd, "no.zip", O_RDONLY | O_CLOEXEC);
	for (size_t i = 0; i < LENGTH(wrong); i++) {
		struct verify_result r;
		assert_int_equal(verify_folder(s->fd, &wrong[i], &r, NULL), ERR_USAGE);
		verify_result_free(&r);
		assert_int_equal(verify_archive(file, &wrong[i], &r, NULL), ERR_USAGE);
		verify_result_free(&r);
	}
}

static void an_authority_must_have_issued_it(void **state)
{
	const struct scratch *s = *state;
	char own[128], other[128];
	struct verify_result r;
	AUTO_SIGNING struct signing *stranger = fixture_signing();
	fixture_sealed(s, NULL);
	snprintf(own, sizeof own, "%s/" SEAL_CERTIFICATE, s->path);
	snprintf(other, sizeof other, "%s.pem", s->path);
	AUTO_TEXT struct text pem = text_make(1 << 16);
	certificate_add_pem(signing_certificate(stranger), &pem);
	assert_int_equal(file_write(AT_FDCWD, other, text_slice(&pem), NULL), OK);
	verify_with(s, NULL, own, &r);
	assert_int_equal(r.outcome, VERIFY_GOOD);
	assert_true(fixture_says(&r.proven, "authority"));
	verify_result_free(&r);
	verify_with(s, NULL, other, &r);
	assert_int_equal(r.outcome, VERIFY_BAD);
	assert_true(fixture_names(&r, SEAL_CERTIFICATE, VERIFY_BAD));
	verify_result_free(&r);
	assert_int_equal(file_write(AT_FDCWD, other, SLICE("nothing"), NULL), OK);
	/* a slip of the caller's, and no word on the folder */
	struct error err = {0};
	assert_int_equal(verify_folder(s->fd, &(struct verify_options){.ca_file = other}, &r, &err), ERR_MALFORMED);
	assert_contains(err.text, "--ca: ");
	verify_result_free(&r);
	unlink(other);
}

/* Signs the list of the folder anew, as it stands, with this key. */
static void sign_again(const struct scratch *s, const struct signing *signing, bool cms, bool ssh)
{
	unsigned char digest[HASH_SIZE];
	size_t size;
	char *sums = scratch_get(s, SEAL_SUMS, &size);
	hash_bytes(slice_of(sums, size), digest);
	free(sums);
	AUTO_TEXT struct text out = text_make(1 << 16);
	if (cms) {
		assert_int_equal(cms_sign(signing, digest, FIXTURE_NOW, &out, NULL), OK);
		scratch_put(s, SEAL_CMS, text_slice(&out));
		text_clear(&out);
	}
	if (ssh) {
		assert_int_equal(sshsig_sign(signing, digest, &out, NULL), OK);
		scratch_put(s, SEAL_SSH, text_slice(&out));
	}
}

/* Puts the right hash of a file into SHA256SUMS. */
static void list_again(const struct scratch *s, const char *path)
{
	char script[512];
	snprintf(script, sizeof script,
		 "h=$(sha256sum < %s | cut -c-64); sed -i \"s,^[0-9a-f]*  %s\\$,$h  %s,\" "
		 "seal/SHA256SUMS",
		 path, path, path);
	assert_int_equal(fixture_shell(s, script), 0);
}

static void another_key_is_found_out(void **state)
{
	const struct scratch *s = *state;
	AUTO_SIGNING struct signing *stranger = fixture_signing();
	fixture_sealed(s, NULL);
	sign_again(s, stranger, true, false);
	fixture_expect_bad(s, SEAL_CMS, true, "signed by a stranger");
	sign_again(s, stranger, false, true);
	fixture_expect_bad(s, SEAL_SSH, false, "both signed by a stranger");
}

/* A stranger who changes a file, its line and both signatures still has another
 * certificate; with that one put in its place too, the fingerprint tells. */
static void a_forged_file_is_found_out(void **state)
{
	const struct scratch *s = *state;
	AUTO_SIGNING struct signing *stranger = fixture_signing();
	char fingerprint[HASH_TEXT_MAX];
	fixture_sealed(s, fingerprint);
	scratch_put(s, "audit.db", SLICE("forged"));
	list_again(s, "audit.db");
	fixture_expect_bad(s, SEAL_SUMS, true, "a list that was not signed");
	sign_again(s, stranger, true, true);
	fixture_expect(s, VERIFY_BAD);
	AUTO_TEXT struct text pem = text_make(1 << 16), allowed = text_make(4096);
	certificate_add_pem(signing_certificate(stranger), &pem);
	sshsig_allowed_signers(&signing_certificate(stranger)->key, &allowed);
	scratch_put(s, SEAL_CERTIFICATE, text_slice(&pem));
	scratch_put(s, SEAL_ALLOWED, text_slice(&allowed));
	list_again(s, SEAL_CERTIFICATE);
	list_again(s, SEAL_ALLOWED);
	sign_again(s, stranger, true, true);
	fixture_expect_bad(s, SEAL_MANIFEST, true, "the manifest names the true signer");
	assert_int_equal(fixture_seal(s, stranger, NULL, NULL), OK);
	fixture_expect(s, VERIFY_GOOD);
	struct verify_result r;
	verify_with(s, fingerprint, NULL, &r);
	assert_int_equal(r.outcome, VERIFY_BAD);
	verify_result_free(&r);
}

/* The signer's own key does not make a manifest or a custody log true. */
static void records_must_agree_even_if_signed(void **state)
{
	static const struct {
		const char *script, *path;
	} cases[] = {
		{"sed -i 's/\"checkpoints\":2/\"checkpoints\":3/' seal/manifest.json",
		 SEAL_MANIFEST},
		{"sed -i 's/\"closed\":true/\"closed\":false/' seal/manifest.json", SEAL_MANIFEST},
		{"sed -i 's/\"path\":\"audit.db\"/\"path\":\"audit.xx\"/' seal/manifest.json",
		 SEAL_MANIFEST},
		{"sed -i 's/\"size\":15/\"size\":16/' seal/manifest.json", SEAL_MANIFEST},
		{"sed -i 's/\"files\"/\"filez\"/' seal/manifest.json", SEAL_MANIFEST},
		{"sed -i 's/fingerprint\":\"./fingerprint\":\"x/' seal/manifest.json",
		 SEAL_MANIFEST},
		{"sed -i '1s/ann@/bob@/' seal/custody.jsonl", SEAL_CUSTODY},
		{"sed -i 1d seal/custody.jsonl", SEAL_CUSTODY},
		{": > seal/custody.jsonl", SEAL_CUSTODY},
		{"cat seal/allowed_signers seal/allowed_signers > x; mv x seal/allowed_signers",
		 SEAL_ALLOWED},
		{"sed -i '2!G;h;$!d' seal/SHA256SUMS", SEAL_SUMS},
		{"sed -i '2p' seal/SHA256SUMS", SEAL_SUMS},
		{"sed -i 's/  /  .\\//' seal/SHA256SUMS", SEAL_SUMS},
		{"printf x >> seal/SHA256SUMS", SEAL_SUMS},
	};
	const struct scratch *s = *state;
	AUTO_SIGNING struct signing *signing = fixture_signing();
	fixture_session(s, LOG_CLOSED);
	for (size_t i = 0; i < LENGTH(cases); i++) {
		assert_int_equal(fixture_shell(s, "rm -rf seal"), 0);
		assert_int_equal(fixture_seal(s, signing, NULL, NULL), OK);
		assert_int_equal(fixture_seal(s, signing, "again", NULL), OK);
		fixture_expect(s, VERIFY_GOOD);
		assert_int_equal(fixture_shell(s, cases[i].script), 0);
		if (strcmp(cases[i].path, SEAL_SUMS) != 0)
			list_again(s, cases[i].path);
		/* the manifest holds the hashes of the others, and then disagrees as well */
		sign_again(s, signing, true, true);
		bool alone =
			!strcmp(cases[i].path, SEAL_MANIFEST) || !strcmp(cases[i].path, SEAL_SUMS);
		fixture_expect_bad(s, cases[i].path, alone, cases[i].script);
	}
}

/* Signatures of an earlier seal by the same key do not fit the new list. */
static void old_signatures_do_not_fit(void **state)
{
	const struct scratch *s = *state;
	AUTO_SIGNING struct signing *signing = fixture_signing();
	fixture_session(s, LOG_CLOSED);
	assert_int_equal(fixture_seal(s, signing, NULL, NULL), OK);
	assert_int_equal(fixture_shell(s, "mkdir ../old.$PPID; cp seal/* ../old.$PPID"), 0);
	assert_int_equal(fixture_seal(s, signing, "more", NULL), OK);
	assert_int_equal(fixture_shell(s, "cp ../old.$PPID/*.p7s seal"), 0);
	fixture_expect_bad(s, SEAL_CMS, true, "old signature");
	assert_int_equal(fixture_shell(s, "cp ../old.$PPID/*.sig seal"), 0);
	fixture_expect_bad(s, SEAL_SUMS, true, "both old");
	assert_int_equal(fixture_shell(s, "cp ../old.$PPID/SHA256SUMS seal; rm -r ../old.$PPID"),
			 0);
	fixture_expect_bad(s, SEAL_CUSTODY, false, "all old but the custody log");
}

/* A log that is whole in itself, but not the one that was sealed. */
static void another_log_proves_nothing(void **state)
{
	const struct scratch *s = *state;
	fixture_sealed(s, NULL);
	fixture_evidence(s, LOG_CLOSED);
	struct verify_result r = fixture_verify(s);
	assert_int_equal(r.outcome, VERIFY_BAD);
	assert_true(fixture_names(&r, "evidence.ndjson", VERIFY_BAD));
	assert_false(fixture_says(&r.proven, "checkpoints"));
	assert_false(fixture_says(&r.proven, "as they were sealed"));
	verify_result_free(&r);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		scratch_test(the_fingerprint_must_be_the_one_given),
		scratch_test(wrong_options_are_errors),
		scratch_test(wrong_options_are_errors_without_a_seal),
		scratch_test(an_authority_must_have_issued_it),
		scratch_test(another_key_is_found_out),
		scratch_test(a_forged_file_is_found_out),
		scratch_test(records_must_agree_even_if_signed),
		scratch_test(old_signatures_do_not_fit),
		scratch_test(another_log_proves_nothing),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
