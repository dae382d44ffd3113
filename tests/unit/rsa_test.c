/* SPDX-License-Identifier: Apache-2.0 */
/*
 * A seal with an RSA key, for tools that know no curves: the same commands check it, and no
 * bit of its signatures is free.
 */
#include "tests/unit/seal_fixture.h"

#include "report/cms.h"
#include "report/dsse.h"
#include "report/sshsig.h"

static struct signing *rsa_signing(void)
{
	struct signing *signing = NULL;
	assert_int_equal(signing_generate(PUBLIC_KEY_RSA3072, "RSA Signer", FIXTURE_NOW, &signing, NULL), OK);
	return signing;
}

#define HOW_TO "sed -n '/^On macOS/q;/^    [^ ]/s/^    //p' HOW_TO_VERIFY.txt"

static void other_tools_agree(void **state)
{
	const struct scratch *s = *state;
	AUTO_SIGNING struct signing *signing = rsa_signing();
	if (fixture_shell(s, "command -v openssl && command -v ssh-keygen && command -v basenc") != 0)
		skip();
	fixture_session(s, LOG_CLOSED);
	assert_int_equal(fixture_shell(s, "rm applogs/*"), 0); /* its name would be escaped */
	assert_int_equal(fixture_seal(s, signing, NULL, NULL), OK);
	fixture_expect(s, VERIFY_GOOD);
	assert_int_equal(fixture_shell(s, HOW_TO " | sh -e"), 0);
	assert_int_equal(fixture_shell(s, "openssl cms -verify -cades -binary -inform DER -in seal/SHA256SUMS.p7s -content "
					  "seal/SHA256SUMS -CAfile seal/certificate.pem -purpose any -out /dev/null"),
			 0);
	assert_int_equal(fixture_shell(s, "openssl x509 -in seal/certificate.pem -noout -text | grep -q '3072 bit'"), 0);
	assert_int_equal(fixture_shell(s, "grep -q ' ssh-rsa ' seal/allowed_signers"), 0);
	assert_int_equal(fixture_shell(s, "echo x >> seal/SHA256SUMS"), 0);
	assert_int_not_equal(fixture_shell(s, HOW_TO " | grep 'cms -verify' | head -1 | sh -e"), 0);
	assert_int_not_equal(fixture_shell(s, HOW_TO " | grep 'ssh-keygen' | head -1 | sh -e"), 0);
}

static void no_byte_is_free(void **state)
{
	(void)state;
	static const unsigned char digest[HASH_SIZE] = {1, 2, 3};
	AUTO_SIGNING struct signing *signing = rsa_signing();
	AUTO_TEXT struct text cms = text_make(CMS_SIZE_MAX), ssh = text_make(SSHSIG_SIZE_MAX);
	assert_int_equal(cms_sign(signing, digest, FIXTURE_NOW, &cms, NULL), OK);
	assert_int_equal(sshsig_sign(signing, digest, &ssh, NULL), OK);
	struct cms_signed found;
	struct sshsig sig;
	assert_null(cms_check(text_slice(&cms), &found));
	assert_true(public_key_same(&found.certificate.key, &signing_certificate(signing)->key));
	certificate_free(&found.certificate);
	assert_null(sshsig_read(text_slice(&ssh), &sig));
	assert_true(sshsig_holds(&sig, digest));
	for (size_t at = 0; at < cms.size; at++) {
		cms.at[at] = (char)(cms.at[at] ^ (1 << at % 8));
		const char *wrong = cms_check(text_slice(&cms), &found);
		if (!wrong)
			print_error("CMS, byte %zu\n", at);
		assert_non_null(wrong);
		cms.at[at] = (char)(cms.at[at] ^ (1 << at % 8));
	}
	for (size_t at = 0; at < ssh.size; at++) {
		ssh.at[at] = (char)(ssh.at[at] ^ (1 << at % 8));
		bool good = !sshsig_read(text_slice(&ssh), &sig) && sshsig_holds(&sig, digest) &&
			    public_key_same(&sig.key, &signing_certificate(signing)->key);
		if (good)
			print_error("SSH, byte %zu\n", at);
		assert_false(good);
		ssh.at[at] = (char)(ssh.at[at] ^ (1 << at % 8));
	}
}

/* Signed with a key of ssh-keygen's own; it chooses the hash of the signature. */
static void ssh_keygen_writes_the_same_form(void **state)
{
	const struct scratch *s = *state;
	unsigned char hash[HASH_SIZE];
	size_t size;
	struct sshsig found;
	if (fixture_shell(s, "command -v ssh-keygen") != 0)
		skip();
	assert_int_equal(fixture_shell(s, "ssh-keygen -q -t rsa -b 3072 -N '' -f key; echo x > f;"
					  "ssh-keygen -Y sign -O hashalg=sha256 -f key -n airgap-verify f"),
			 0);
	hash_bytes(SLICE("x\n"), hash);
	char *armored = scratch_get(s, "f.sig", &size);
	/* its signature is over SHA-512 (rsa-sha2-512): another form than ours */
	assert_non_null(sshsig_read(slice_of(armored, size), &found));
	free(armored);
	/* our line for it is its own */
	AUTO_SIGNING struct signing *signing = rsa_signing();
	AUTO_TEXT struct text allowed = text_make(SSHSIG_SIZE_MAX);
	char key[128], certificate[128];
	snprintf(key, sizeof key, "%s/own.key", s->path);
	snprintf(certificate, sizeof certificate, "%s/own.crt", s->path);
	assert_int_equal(signing_save(signing, key, certificate, NULL, NULL), OK);
	sshsig_allowed_signers(&signing_certificate(signing)->key, &allowed);
	scratch_put(s, "allowed", text_slice(&allowed));
	assert_int_equal(fixture_shell(s, "test \"$(ssh-keygen -y -f own.key | cut -d' ' -f2)\" = \"$(cut -d' ' -f4 allowed)\""), 0);
	AUTO_SIGNING struct signing *loaded = NULL;
	assert_int_equal(signing_load(key, certificate, NULL, FIXTURE_NOW, &loaded, NULL), OK);
}

/* Smaller ones, and ones with another exponent, are not taken. */
static void other_sizes_are_refused(void **state)
{
	static const char *const kinds[] = {"rsa:2048", "rsa:4096", "rsa:3072 -pkeyopt rsa_keygen_pubexp:3"};
	const struct scratch *s = *state;
	char key[128], certificate[128];
	if (fixture_shell(s, "command -v openssl") != 0)
		skip();
	snprintf(key, sizeof key, "%s/key.pem", s->path);
	snprintf(certificate, sizeof certificate, "%s/certificate.pem", s->path);
	for (size_t i = 0; i < LENGTH(kinds); i++) {
		char script[256];
		struct error err = {0};
		AUTO_SIGNING struct signing *loaded = NULL;
		snprintf(script, sizeof script, "umask 077; openssl req -x509 -newkey %s -nodes -keyout key.pem "
			 "-out certificate.pem -subj /CN=x -days 3650", kinds[i]);
		assert_int_equal(fixture_shell(s, script), 0);
		assert_int_equal(signing_load(key, certificate, NULL, clock_now().wall_ns, &loaded, &err), ERR_CONFIG);
		assert_contains(err.text, "RSA-3072");
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		scratch_test(other_tools_agree),
		cmocka_unit_test(no_byte_is_free),
		scratch_test(ssh_keygen_writes_the_same_form),
		scratch_test(other_sizes_are_refused),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
