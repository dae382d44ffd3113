/* SPDX-License-Identifier: Apache-2.0 */
/*
 * A new signing key, or a certificate over one that a token has, and the files of it.
 */
#include "core/auto.h"
#include "core/clock.h"
#include "core/file.h"
#include "report/signing_key.h"
#include "report/signing_token.h"

#include <errno.h>
#include <fcntl.h>
#include <openssl/crypto.h>
#include <openssl/err.h>
#include <openssl/evp.h>
#include <openssl/pem.h>
#include <openssl/pkcs12.h>
#include <openssl/rand.h>
#include <openssl/x509v3.h>
#include <string.h>

enum {
	PASSPHRASE_ROUNDS = 600000,
	VALID_DAYS = 3653, /* ten years */
	BEFORE_SECONDS = 3600,
	SERIAL_SIZE = 16, /* RFC 5280, 4.1.2.2: unique, positive, at most 20 bytes */
};

static bool set_serial(X509 *x509)
{
	unsigned char bytes[SERIAL_SIZE];
	if (RAND_bytes(bytes, sizeof bytes) != 1)
		return false;
	bytes[0] = (unsigned char)((bytes[0] & 0x3f) | 0x40); /* positive, and always as long */
	BIGNUM *number = BN_bin2bn(bytes, sizeof bytes, NULL);
	bool made = number && BN_to_ASN1_INTEGER(number, X509_get_serialNumber(x509));
	BN_free(number);
	return made;
}

static bool add_extension(X509 *x509, int nid, const char *value)
{
	X509V3_CTX context;
	X509V3_set_ctx(&context, x509, x509, NULL, NULL, 0);
	X509V3_set_ctx_nodb(&context);
	X509_EXTENSION *extension = X509V3_EXT_conf_nid(NULL, &context, nid, value);
	bool added = extension && X509_add_ext(x509, extension, -1) == 1;
	X509_EXTENSION_free(extension);
	return added;
}

static bool set_validity(X509 *x509, int64_t now_ns)
{
	time_t now = (time_t)(now_ns / CLOCK_SECOND);
	return X509_time_adj_ex(X509_getm_notBefore(x509), 0, -BEFORE_SECONDS, &now) &&
	       X509_time_adj_ex(X509_getm_notAfter(x509), VALID_DAYS, 0, &now);
}

static bool fill_certificate(X509 *x509, EVP_PKEY *key, const char *subject, int64_t now_ns)
{
	X509_NAME *name = X509_get_subject_name(x509);
	return X509_set_version(x509, X509_VERSION_3) == 1 && set_serial(x509) &&
	       X509_NAME_add_entry_by_txt(name, "CN", MBSTRING_UTF8, (const unsigned char *)subject,
					  -1, -1, 0) == 1 &&
	       X509_set_issuer_name(x509, name) == 1 && set_validity(x509, now_ns) &&
	       X509_set_pubkey(x509, key) == 1 &&
	       add_extension(x509, NID_basic_constraints, "critical,CA:FALSE") &&
	       add_extension(x509, NID_key_usage, "critical,digitalSignature") &&
	       add_extension(x509, NID_subject_key_identifier, "hash") &&
	       X509_sign(x509, key, EVP_sha256()) > 0;
}

static bool fit_for_a_name(struct slice subject)
{
	if (subject.size == 0 || subject.size > SIGNING_SUBJECT_MAX)
		return false;
	struct cursor c = cursor_over(subject);
	while (cursor_left(&c) > 0) {
		uint32_t code_point;
		size_t size = text_utf8(cursor_rest(&c), &code_point);
		if (size == 0 || code_point < 0x20 || code_point == 0x7f)
			return false;
		cursor_skip(&c, size);
	}
	return true;
}

/* The certificate over the key that `s` has; read anew out of its own bytes, since the key of a token stands in
 * it as the engine has it and does not tell its curve. */
static enum status certify(struct signing *s, const char *subject_name, int64_t now_ns, struct error *err)
{
	X509 *x509 = X509_new();
	unsigned char *der = NULL;
	bool filled = x509 && fill_certificate(x509, s->key, subject_name, now_ns);
	int size = filled ? i2d_X509(x509, &der) : 0;
	const char *wrong = size > 0 ? certificate_read_der(slice_of(der, (size_t)size), &s->certificate) : NULL;
	OPENSSL_free(der);
	X509_free(x509);
	ERR_clear_error();
	if (size <= 0)
		return fail(err, ERR_INTERNAL, "cannot make a certificate: OpenSSL refuses");
	return wrong ? fail(err, ERR_CONFIG, "%s", wrong) : OK;
}

static enum status check_name(const char *subject_name, struct error *err)
{
	if (fit_for_a_name(slice_of_string(subject_name)))
		return OK;
	return fail(err, ERR_USAGE, "the name of a certificate is 1-%d bytes of UTF-8 without control characters", SIGNING_SUBJECT_MAX);
}

enum status signing_generate(enum public_key_kind kind, const char *subject_name, int64_t now_ns, struct signing **ret,
			     struct error *err)
{
	AUTO_SIGNING struct signing *s = must_alloc(1, sizeof *s);
	enum status status = check_name(subject_name, err);
	if (status)
		return status;
	s->key = kind == PUBLIC_KEY_P256 ? EVP_EC_gen("P-256") : EVP_RSA_gen(8 * PUBLIC_KEY_RSA_SIZE);
	if (!s->key) {
		ERR_clear_error();
		return fail(err, ERR_INTERNAL, "cannot make a key: OpenSSL refuses");
	}
	status = certify(s, subject_name, now_ns, err);
	if (!status)
		*ret = TAKE(&s);
	return status;
}

enum status signing_certify(const char *key_uri, const struct signing_passphrase *pin, const char *subject_name, int64_t now_ns,
			    struct signing **ret, struct error *err)
{
	AUTO_SIGNING struct signing *s = must_alloc(1, sizeof *s);
	s->token = true;
	enum status status = check_name(subject_name, err);
	if (!status)
		status = signing_token_load(key_uri, pin, &s->key, err);
	if (status)
		return status;
	status = certify(s, subject_name, now_ns, err);
	if (status)
		return fail_in(err, "%s", key_uri);
	*ret = TAKE(&s);
	return OK;
}

static enum status write_new(const char *path, mode_t mode, struct slice bytes, struct error *err)
{
	AUTO_FD int fd = open(path, O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC, mode);
	if (fd < 0 && errno == EEXIST)
		return fail(err, ERR_CREATE,
			    "%s: is there already and is not overwritten; move it "
			    "away or give another name",
			    path);
	if (fd < 0)
		return fail_errno(err, ERR_CREATE, errno, "cannot make %s", path);
	enum status status = file_write_fd(fd, bytes, path, err);
	if (!status && fsync(fd) != 0)
		status = fail_errno(err, ERR_IO, errno, "cannot write %s", path);
	if (!status)
		status = file_close(&fd, path, err);
	if (status)
		unlink(path);
	return status;
}

/* PBES2 with PBKDF2 (RFC 8018, 6.2) and AES-256: others read it, FIPS allows it, and each
 * guess costs. */
static bool put_encrypted(BIO *to, PKCS8_PRIV_KEY_INFO *plain, const char *word)
{
	X509_ALGOR *how = PKCS5_pbe2_set_iv(EVP_aes_256_cbc(), PASSPHRASE_ROUNDS, NULL, 0, NULL, NID_hmacWithSHA256);
	X509_SIG *encrypted = how ? PKCS8_set0_pbe(word, (int)strlen(word), plain, how) : NULL;
	if (!encrypted)
		X509_ALGOR_free(how);
	bool put = encrypted && PEM_write_bio_PKCS8(to, encrypted) == 1;
	X509_SIG_free(encrypted);
	return put;
}

static enum status put_key(BIO *to, const struct signing *s, const char *path,
			   const struct signing_passphrase *passphrase, struct error *err)
{
	char word[SIGNING_PASSPHRASE_MAX];
	PKCS8_PRIV_KEY_INFO *plain = EVP_PKEY2PKCS8(s->key);
	enum status status = passphrase ? passphrase->get(passphrase->from, path, true, word, err) : OK;
	if (!status && !(to && plain &&
			 (passphrase ? put_encrypted(to, plain, word) : PEM_write_bio_PKCS8_PRIV_KEY_INFO(to, plain) == 1)))
		status = fail(err, ERR_INTERNAL, "cannot write a key: OpenSSL refuses");
	OPENSSL_cleanse(word, sizeof word);
	PKCS8_PRIV_KEY_INFO_free(plain); /* clears the secret */
	ERR_clear_error();
	return status;
}

static enum status write_key(const struct signing *s, const char *path, const struct signing_passphrase *passphrase,
			     struct error *err)
{
	BIO *to = BIO_new(BIO_s_secmem());
	char *bytes = NULL;
	enum status status = put_key(to, s, path, passphrase, err);
	if (status) {
		BIO_free(to);
		return status;
	}
	long size = BIO_get_mem_data(to, &bytes);
	status = write_new(path, 0600, slice_of(bytes, (size_t)size), err);
	OPENSSL_cleanse(bytes, (size_t)size);
	BIO_free(to);
	return status;
}

enum status signing_save(const struct signing *s, const char *key_path, const char *certificate_path,
			 const struct signing_passphrase *passphrase, struct error *err)
{
	AUTO_TEXT struct text pem = text_make(CERTIFICATE_PEM_MAX);
	certificate_add_pem(&s->certificate, &pem);
	enum status status = s->token ? OK : write_key(s, key_path, passphrase, err);
	if (status)
		return status;
	status = write_new(certificate_path, 0644, text_slice(&pem), err);
	if (status && !s->token)
		unlink(key_path);
	return status;
}
