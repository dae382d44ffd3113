/* SPDX-License-Identifier: Apache-2.0 */
/*
 * How the secret is kept: behind a passphrase, or on a token.
 */
#include "tests/unit/seal_fixture.h"

struct paths {
	char key[256], certificate[256];
};

static struct paths paths_in(const struct scratch *s)
{
	struct paths p;
	snprintf(p.key, sizeof p.key, "%s/key.pem", s->path);
	snprintf(p.certificate, sizeof p.certificate, "%s/certificate.pem", s->path);
	return p;
}

static enum status say(const void *from, const char *key_path, bool twice, char ret[static SIGNING_PASSPHRASE_MAX],
		       struct error *err)
{
	(void)key_path, (void)twice;
	if (!from)
		return fail(err, ERR_CONFIG, "nothing to say");
	snprintf(ret, SIGNING_PASSPHRASE_MAX, "%s", (const char *)from);
	return OK;
}

static enum status load_with(const struct paths *p, const struct signing_passphrase *passphrase, struct error *err)
{
	AUTO_SIGNING struct signing *loaded = NULL;
	enum status status = signing_load(p->key, p->certificate, passphrase, FIXTURE_NOW, &loaded, err);
	if (!status)
		assert_string_equal(signing_protection(loaded), "file (low assurance)");
	return status;
}

static void encrypted_keys_need_their_passphrase(void **state)
{
	const struct scratch *s = *state;
	const struct paths p = paths_in(s);
	AUTO_SIGNING struct signing *made = fixture_signing();
	const struct signing_passphrase right = {say, "a long word"}, wrong = {say, "a long wore"}, none = {say, NULL};
	struct error err = {0};
	assert_int_equal(signing_save(made, p.key, p.certificate, &none, &err), ERR_CONFIG);
	assert_false(scratch_has(s, "key.pem"));
	assert_int_equal(signing_save(made, p.key, p.certificate, &right, NULL), OK);
	assert_int_equal(fixture_shell(s, "grep -q 'BEGIN ENCRYPTED PRIVATE KEY' key.pem"), 0);
	assert_int_equal(load_with(&p, &right, NULL), OK);
	assert_int_equal(load_with(&p, &wrong, &err), ERR_CONFIG);
	assert_contains(err.text, "another passphrase");
	assert_int_equal(load_with(&p, &none, &err), ERR_CONFIG);
	assert_contains(err.text, "nothing to say");
	assert_int_equal(load_with(&p, NULL, &err), ERR_CONFIG);
	if (fixture_shell(s, "command -v openssl") != 0)
		skip();
	assert_int_equal(fixture_shell(s, "openssl pkey -in key.pem -passin 'pass:a long word' -noout"), 0);
	assert_int_not_equal(fixture_shell(s, "openssl pkey -in key.pem -passin pass:another -noout"), 0);
	static const char how[] = "openssl asn1parse -in key.pem | grep -q ";
	static const char *const wanted[] = {":PBKDF2", ":hmacWithSHA256", ":aes-256-cbc", ":0927C0"}; /* 600,000 */
	for (size_t i = 0; i < LENGTH(wanted); i++) {
		char script[128];
		snprintf(script, sizeof script, "%s%s", how, wanted[i]);
		assert_int_equal(fixture_shell(s, script), 0);
	}
}

/* A token in software, with a key made in it and a certificate that it signs. */
#define SOFTHSM "/usr/lib/softhsm/libsofthsm2.so"
static const char make_token[] =
	"mkdir tokens; echo 'directories.tokendir = tokens' > softhsm.conf;"
	"softhsm2-util --init-token --free --label test --so-pin 1234 --pin 5678;"
	"pkcs11-tool --module " SOFTHSM " --login --pin 5678 --token-label test --keypairgen --key-type EC:prime256v1 "
	"--label seal --id 01;"
	"pkcs11-tool --module " SOFTHSM " --login --pin 5678 --token-label test --keypairgen --key-type EC:secp384r1 "
	"--label other --id 02;"
	"openssl req -new -x509 -engine pkcs11 -keyform engine -key 'pkcs11:token=test;object=seal;type=private;pin-value=5678' "
	"-subj /CN=Token -days 3650 -out certificate.pem";

/* A certificate of ours over that key, without which it could not be used. */
static void a_token_is_certified(const struct scratch *s, const struct paths *of, const struct signing_passphrase *pin)
{
	AUTO_SIGNING struct signing *made = NULL, *none = NULL, *loaded = NULL;
	struct paths p = *of;
	struct error err = {0};
	int64_t now = clock_now().wall_ns;
	snprintf(p.certificate, sizeof p.certificate, "%s/certified.pem", s->path);
	assert_int_equal(signing_certify("pkcs11:token=test;object=other;type=private", pin, "Ann", now, &none, &err), ERR_CONFIG);
	assert_contains(err.text, "object=other");
	assert_int_equal(signing_certify("pkcs11:token=test;object=none;type=private", pin, "Ann", now, &none, &err), ERR_CONFIG);
	assert_contains(err.text, "no such key");
	assert_int_equal(signing_certify(p.key, pin, "Ann", now, &made, &err), OK);
	assert_string_equal(signing_protection(made), "token");
	assert_int_equal(signing_save(made, p.key, p.certificate, NULL, &err), OK);
	assert_int_equal(access(p.key, F_OK), -1);
	assert_int_equal(signing_load(p.key, p.certificate, pin, now, &loaded, &err), OK);
	assert_int_equal(fixture_shell(s, "openssl verify -CAfile certified.pem -check_ss_sig certified.pem"), 0);
	assert_int_equal(signing_save(made, p.key, p.certificate, NULL, &err), ERR_CREATE);
}

static void a_token_signs(void **state)
{
	const struct scratch *s = *state;
	struct paths p = paths_in(s);
	struct error err = {0};
	const struct signing_passphrase right = {say, "5678"}, wrong = {say, "8765"};
	if (fixture_shell(s, "command -v softhsm2-util && command -v pkcs11-tool && command -v openssl && test -e " SOFTHSM
			     " && openssl engine pkcs11") != 0) {
		print_message("no softhsm2, pkcs11-tool or engine here: not tried\n");
		skip();
	}
	assert_int_equal(chdir(s->path), 0);
	setenv("SOFTHSM2_CONF", "softhsm.conf", 1);
	setenv("PKCS11_MODULE_PATH", SOFTHSM, 1);
	assert_int_equal(fixture_shell(s, make_token), 0);
	snprintf(p.key, sizeof p.key, "pkcs11:token=test;object=seal;type=private");
	int64_t now = clock_now().wall_ns;
	AUTO_SIGNING struct signing *none = NULL;
	assert_int_equal(signing_load(p.key, p.certificate, &wrong, now, &none, &err), ERR_CONFIG);
	assert_contains(err.text, "wrong PIN");
	assert_int_equal(signing_load(p.key, p.certificate, NULL, now, &none, &err), ERR_CONFIG);
	AUTO_SIGNING struct signing *token = NULL;
	if (signing_load(p.key, p.certificate, &right, now, &token, &err))
		print_error("%s\n", err.text);
	assert_non_null(token);
	assert_string_equal(signing_protection(token), "token");
	a_token_is_certified(s, &p, &right);
	assert_int_equal(fixture_shell(s, "mkdir session"), 0);
	struct scratch session = *s;
	session.fd = openat(s->fd, "session", O_RDONLY | O_DIRECTORY | O_CLOEXEC);
	fixture_session(&session, LOG_CLOSED);
	const struct seal_facts facts = {.session_id = "s", .verdict = "PASS", .tool_version = "0", .user = "u", .host = "h", .now_ns = now};
	assert_int_equal(seal_folder(session.fd, token, &facts, &err), OK);
	fixture_expect(&session, VERIFY_GOOD);
	assert_int_equal(fixture_shell(&session, "grep -q '\"key_protection\":\"token\"' seal/manifest.json"), 0);
	close(session.fd);
	assert_int_equal(chdir("/"), 0);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		scratch_test(encrypted_keys_need_their_passphrase),
		scratch_test(a_token_signs),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
