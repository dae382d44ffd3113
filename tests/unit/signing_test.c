/* SPDX-License-Identifier: Apache-2.0 */
#include "tests/unit/seal_fixture.h"

#include "core/clock.h"
#include "report/der.h"

#include <openssl/evp.h>
#include <openssl/pem.h>

#define YEAR (INT64_C(365) * 86400 * CLOCK_SECOND)

struct paths {
	char key[128], certificate[128];
};

static struct paths paths_in(const struct scratch *s)
{
	struct paths p;
	snprintf(p.key, sizeof p.key, "%s/key.pem", s->path);
	snprintf(p.certificate, sizeof p.certificate, "%s/certificate.pem", s->path);
	return p;
}

static void saved_keys_load_again(void **state)
{
	const struct scratch *s = *state;
	const struct paths p = paths_in(s);
	AUTO_SIGNING struct signing *made = fixture_signing();
	AUTO_SIGNING struct signing *loaded = NULL;
	char before[HASH_TEXT_MAX], after[HASH_TEXT_MAX];
	struct stat st;
	umask(022);
	assert_int_equal(signing_save(made, p.key, p.certificate, NULL, NULL), OK);
	assert_int_equal(fstatat(s->fd, "key.pem", &st, AT_SYMLINK_NOFOLLOW), 0);
	assert_int_equal(st.st_mode & 07777, 0600);
	assert_int_equal(signing_load(p.key, p.certificate, NULL, FIXTURE_NOW, &loaded, NULL), OK);
	signing_fingerprint(made, before);
	signing_fingerprint(loaded, after);
	assert_string_equal(before, after);
	unsigned char signature[SIGNING_SIGNATURE_MAX];
	size_t size;
	assert_int_equal(signing_sign(loaded, SLICE("words"), signature, &size, NULL), OK);
	assert_true(signing_verify(&signing_certificate(made)->key, SLICE("words"),
				   slice_of(signature, size)));
	assert_false(signing_verify(&signing_certificate(made)->key, SLICE("wordz"),
				    slice_of(signature, size)));
}

static void nothing_is_overwritten(void **state)
{
	const struct scratch *s = *state;
	const struct paths p = paths_in(s);
	AUTO_SIGNING struct signing *made = fixture_signing();
	struct error err = {0};
	scratch_put(s, "certificate.pem", SLICE("mine"));
	assert_int_equal(signing_save(made, p.key, p.certificate, NULL, &err), ERR_CREATE);
	assert_contains(err.text, "not overwritten");
	assert_false(scratch_has(s, "key.pem"));
	assert_int_equal(unlinkat(s->fd, "certificate.pem", 0), 0);
	scratch_put(s, "key.pem", SLICE("mine"));
	assert_int_equal(signing_save(made, p.key, p.certificate, NULL, &err), ERR_CREATE);
	assert_false(scratch_has(s, "certificate.pem"));
	size_t size;
	char *kept = scratch_get(s, "key.pem", &size);
	assert_string_equal(kept, "mine");
	free(kept);
}

static enum status load(const struct scratch *s, int64_t now_ns, struct error *err)
{
	const struct paths p = paths_in(s);
	AUTO_SIGNING struct signing *loaded = NULL;
	enum status status = signing_load(p.key, p.certificate, NULL, now_ns, &loaded, err);
	assert_true(!status == !!loaded);
	return status;
}

static void keys_that_others_may_read_are_refused(void **state)
{
	static const mode_t modes[] = {0644, 0640, 0604, 0620, 0601};
	const struct scratch *s = *state;
	const struct paths p = paths_in(s);
	AUTO_SIGNING struct signing *made = fixture_signing();
	assert_int_equal(signing_save(made, p.key, p.certificate, NULL, NULL), OK);
	for (size_t i = 0; i < LENGTH(modes); i++) {
		struct error err = {0};
		assert_int_equal(chmod(p.key, modes[i]), 0);
		assert_int_equal(load(s, FIXTURE_NOW, &err), ERR_PERMISSION);
		assert_contains(err.text, "chmod 600");
	}
	assert_int_equal(chmod(p.key, 0400), 0);
	assert_int_equal(load(s, FIXTURE_NOW, NULL), OK);
}

static void certificates_out_of_their_time_are_refused(void **state)
{
	const struct scratch *s = *state;
	const struct paths p = paths_in(s);
	AUTO_SIGNING struct signing *made = fixture_signing();
	struct error err = {0};
	assert_int_equal(signing_save(made, p.key, p.certificate, NULL, NULL), OK);
	assert_int_equal(load(s, FIXTURE_NOW - CLOCK_SECOND * 3500, NULL), OK);
	assert_int_equal(load(s, FIXTURE_NOW - CLOCK_SECOND * 3700, &err), ERR_CONFIG);
	assert_contains(err.text, "is not valid yet");
	assert_int_equal(load(s, FIXTURE_NOW + 10 * YEAR, NULL), OK);
	assert_int_equal(load(s, FIXTURE_NOW + 11 * YEAR, &err), ERR_CONFIG);
	assert_contains(err.text, "has expired");
	assert_contains(err.text, "keygen");
}

/* Writes a private key of another kind. */
static void put_key(const struct paths *p, EVP_PKEY *key, const EVP_CIPHER *cipher)
{
	int fd = open(p->key, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0600);
	FILE *out = fdopen(fd, "w");
	assert_non_null(out);
	assert_int_equal(PEM_write_PKCS8PrivateKey(out, key, cipher, "pass", 4, NULL, NULL), 1);
	assert_int_equal(fclose(out), 0);
}

static void other_keys_are_refused(void **state)
{
	const struct scratch *s = *state;
	const struct paths p = paths_in(s);
	AUTO_SIGNING struct signing *made = fixture_signing();
	struct error err = {0};
	assert_int_equal(signing_save(made, p.key, p.certificate, NULL, NULL), OK);
	EVP_PKEY *other = EVP_EC_gen("P-256"), *wrong = EVP_EC_gen("P-384");
	put_key(&p, other, NULL);
	assert_int_equal(load(s, FIXTURE_NOW, &err), ERR_CONFIG);
	assert_contains(err.text, "not the key of the certificate");
	put_key(&p, wrong, NULL);
	assert_int_equal(load(s, FIXTURE_NOW, &err), ERR_CONFIG);
	put_key(&p, other, EVP_aes_128_cbc());
	assert_int_equal(load(s, FIXTURE_NOW, &err), ERR_CONFIG);
	assert_contains(err.text, "passphrase");
	scratch_put(s, "key.pem", SLICE("no key"));
	assert_int_equal(load(s, FIXTURE_NOW, &err), ERR_CONFIG);
	assert_contains(err.text, "not a private key");
	EVP_PKEY_free(other);
	EVP_PKEY_free(wrong);
}

/* A certificate that openssl(1) makes over another kind of key. */
static void other_certificates_are_refused(void **state)
{
	static const char *const kinds[] = {"ec -pkeyopt ec_paramgen_curve:P-384", "ed25519"};
	const struct scratch *s = *state;
	if (fixture_shell(s, "command -v openssl") != 0)
		skip();
	for (size_t i = 0; i < LENGTH(kinds); i++) {
		char script[256];
		struct error err = {0};
		snprintf(script, sizeof script,
			 "umask 077; openssl req -x509 -newkey %s -nodes -keyout key.pem "
			 "-out certificate.pem -subj /CN=x -days 3650",
			 kinds[i]);
		assert_int_equal(fixture_shell(s, script), 0);
		assert_int_equal(load(s, clock_now().wall_ns, &err), ERR_CONFIG);
		assert_contains(err.text, "P-256");
	}
	/* and one that is right but not made by us */
	assert_int_equal(fixture_shell(s, "umask 077; openssl req -x509 -newkey ec -pkeyopt "
					  "ec_paramgen_curve:P-256 -nodes -keyout key.pem -out "
					  "certificate.pem -subj /CN=x -days 3650"),
			 0);
	assert_int_equal(load(s, clock_now().wall_ns, NULL), OK);
}

static void names_are_checked(void **state)
{
	static const char *const wrong[] = {
		"", "a\nb", "\xff\xfe",
		"0123456789012345678901234567890123456789012345678901234567890123x"};
	(void)state;
	for (size_t i = 0; i < LENGTH(wrong); i++) {
		struct signing *s = NULL;
		assert_int_equal(signing_generate(PUBLIC_KEY_P256, wrong[i], FIXTURE_NOW, &s, NULL), ERR_USAGE);
	}
	AUTO_SIGNING struct signing *s = NULL;
	assert_int_equal(signing_generate(PUBLIC_KEY_P256, "J\xc3\xbcrgen, Lab/1", FIXTURE_NOW, &s, NULL), OK);
	AUTO_TEXT struct text subject = text_make(256);
	certificate_add_subject(signing_certificate(s), &subject);
	assert_string_equal(text_string(&subject), "CN=J\xc3\xbcrgen\\, Lab/1");
}

/* The other s that would verify as well is not accepted: order - s. */
static void only_the_lower_s_is_accepted(void **state)
{
	static const unsigned char order[32] = {0xff, 0xff, 0xff, 0xff, 0x00, 0x00, 0x00, 0x00,
						0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff,
						0xbc, 0xe6, 0xfa, 0xad, 0xa7, 0x17, 0x9e, 0x84,
						0xf3, 0xb9, 0xca, 0xc2, 0xfc, 0x63, 0x25, 0x51};
	(void)state;
	AUTO_SIGNING struct signing *signing = fixture_signing();
	const struct public_key *key = &signing_certificate(signing)->key;
	unsigned char signature[SIGNING_SIGNATURE_MAX], other[33] = {0};
	size_t size;
	assert_int_equal(signing_sign(signing, SLICE("m"), signature, &size, NULL), OK);
	struct cursor c = cursor_over(slice_of(signature, size)), both;
	struct slice r, s;
	assert_true(der_enter(&c, DER_SEQUENCE, &both) && der_take(&both, DER_INTEGER, &r) &&
		    der_take(&both, DER_INTEGER, &s));
	int borrow = 0;
	for (size_t i = 0; i < 32; i++) {
		int digit = order[31 - i] - (i < s.size ? s.at[s.size - 1 - i] : 0) - borrow;
		borrow = digit < 0;
		other[32 - i] = (unsigned char)digit;
	}
	AUTO_TEXT struct text inner = text_make(128), flipped = text_make(128);
	der_add(&inner, DER_INTEGER, r);
	der_add(&inner, DER_INTEGER,
		other[1] & 0x80 ? slice_of(other, 33) : slice_of(other + 1, 32));
	der_add(&flipped, DER_SEQUENCE, text_slice(&inner));
	assert_true(key_verify(key->bytes, SLICE("m"), text_slice(&flipped)));
	assert_false(signing_verify(key, SLICE("m"), text_slice(&flipped)));
	assert_true(signing_verify(key, SLICE("m"), slice_of(signature, size)));
	struct public_key hybrid = *key;
	hybrid.bytes[0] = (unsigned char)(6 + (key->bytes[KEY_PUBLIC_SIZE - 1] & 1));
	assert_false(signing_verify(&hybrid, SLICE("m"), slice_of(signature, size)));
}

static void der_lengths_have_one_form(void **state)
{
	static const size_t sizes[] = {0, 1, 127, 128, 255, 256, 65535};
	(void)state;
	AUTO_TEXT struct text out = text_make(1 << 20);
	unsigned char *bytes = must_alloc(65536, 1);
	for (size_t i = 0; i < LENGTH(sizes); i++) {
		struct slice content;
		text_clear(&out);
		der_add(&out, DER_OCTETS, slice_of(bytes, sizes[i]));
		struct cursor c = cursor_over(text_slice(&out));
		assert_true(der_take(&c, DER_OCTETS, &content));
		assert_int_equal(content.size, sizes[i]);
		assert_int_equal(cursor_left(&c), 0);
		c = cursor_over(slice_part(text_slice(&out), 0, out.size - 1));
		assert_false(der_take(&c, DER_OCTETS, &content));
	}
	der_add(&out, DER_OCTETS, slice_of(bytes, 65536));
	assert_true(out.overflow);
	free(bytes);
	static const struct {
		const char *bytes;
		size_t size;
	} wrong[] = {{"\x04\x81\x05"
		      "aaaaa",
		      8},
		     {"\x04\x82\x00\x05"
		      "aaaaa",
		      9},
		     {"\x04\x80", 2},
		     {"\x04\x83\x00\x00\x01"
		      "a",
		      6},
		     {"\x05\x00", 2},
		     {"", 0},
		     {"\x04", 1}};
	for (size_t i = 0; i < LENGTH(wrong); i++) {
		struct slice content;
		struct cursor c = cursor_over(slice_of(wrong[i].bytes, wrong[i].size));
		assert_false(der_take(&c, DER_OCTETS, &content));
	}
}

/* What such a certificate lacks is said, not only that it is of another kind. */
static void ed25519_is_refused_with_its_reason(void **state)
{
	static const char pem[] =
		"-----BEGIN CERTIFICATE-----\nMIIBLDCB36ADAgECAhQan+sjXtGCDX818pP3j7zxOcAdXjAFBgMrZXAwDDEKMAgG\n"
		"A1UEAwwBZTAeFw0yNjExMjgwOTQ1NDRaFw0yNjEyMjgwOTQ1NDRaMAwxCjAIBgNV\nBAMMAWUwKjAFBgMrZXADIQD91vLDdodmw3qrZL97rI70ce/O4WdQPPFC7Xkc8VH2\n"
		"5KNTMFEwHQYDVR0OBBYEFOGIcVBrQw3XDOX22zdtesBgtrs6MB8GA1UdIwQYMBaA\nFOGIcVBrQw3XDOX22zdtesBgtrs6MA8GA1UdEwEB/wQFMAMBAf8wBQYDK2VwA0EA\n"
		"c+5hF7JccaqO6QA2nUbdiPQYBxoLZWgnM9rd6yiLXK0Z6Nl6nht6U+AnFLPH2aQM\ngk5Z/83cknesPM+EAgjQAQ==\n"
		"-----END CERTIFICATE-----\n";
	struct certificate c;
	(void)state;
	const char *why = certificate_read_pem(SLICE(pem), &c);
	assert_non_null(why);
	assert_contains(why, "over an Ed25519 key");
	assert_null(c.x509);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(ed25519_is_refused_with_its_reason),
		scratch_test(saved_keys_load_again),
		scratch_test(nothing_is_overwritten),
		scratch_test(keys_that_others_may_read_are_refused),
		scratch_test(certificates_out_of_their_time_are_refused),
		scratch_test(other_keys_are_refused),
		scratch_test(other_certificates_are_refused),
		cmocka_unit_test(names_are_checked),
		cmocka_unit_test(only_the_lower_s_is_accepted),
		cmocka_unit_test(der_lengths_have_one_form),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
