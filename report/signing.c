/* SPDX-License-Identifier: Apache-2.0 */
#include "report/signing.h"

#include "core/auto.h"
#include "core/file.h"
#include "report/der.h"
#include "report/signing_key.h"
#include "report/signing_token.h"

#include <fcntl.h>
#include <openssl/crypto.h>
#include <openssl/err.h>
#include <openssl/evp.h>
#include <openssl/pem.h>
#include <openssl/x509.h>
#include <string.h>
#include <sys/stat.h>

enum {
	KEY_FILE_MAX = 64 * 1024,
	ATTEMPTS_MAX = 128, /* each gives the lower s in one of two cases */
	NUMBER_SIZE = 32,
};

/* Half the order of P-256 (SP 800-186, 3.2.1.3), rounded down. */
static const unsigned char half_order[NUMBER_SIZE] = {
	0x7f, 0xff, 0xff, 0xff, 0x80, 0x00, 0x00, 0x00, 0x7f, 0xff, 0xff,
	0xff, 0xff, 0xff, 0xff, 0xff, 0xde, 0x73, 0x7d, 0x56, 0xd3, 0x8b,
	0xcf, 0x42, 0x79, 0xdc, 0xe5, 0x61, 0x7e, 0x31, 0x92, 0xa8,
};

void signing_free(struct signing *s)
{
	if (!s)
		return;
	EVP_PKEY_free(s->key); /* clears the private number */
	certificate_free(&s->certificate);
	free(s);
}

const struct certificate *signing_certificate(const struct signing *s)
{
	return &s->certificate;
}

void signing_fingerprint(const struct signing *s, char ret[static HASH_TEXT_MAX])
{
	hash_text(s->certificate.fingerprint, ret);
}

static bool has_lower_s(struct slice signature)
{
	struct cursor c = cursor_over(signature), both;
	struct slice r, s;
	if (!der_enter(&c, DER_SEQUENCE, &both) || !der_take(&both, DER_INTEGER, &r) ||
	    !der_take(&both, DER_INTEGER, &s))
		return false;
	/* a 33rd byte is the zero in front of a set top bit: far above half */
	if (s.size != NUMBER_SIZE)
		return s.size < NUMBER_SIZE;
	return memcmp(s.at, half_order, NUMBER_SIZE) <= 0;
}

enum status signing_sign(const struct signing *s, struct slice message,
			 unsigned char ret[static SIGNING_SIGNATURE_MAX], size_t *ret_size,
			 struct error *err)
{
	for (unsigned i = 0; i < ATTEMPTS_MAX; i++) {
		EVP_MD_CTX *context = EVP_MD_CTX_new();
		size_t size = SIGNING_SIGNATURE_MAX;
		bool made = context &&
			    EVP_DigestSignInit(context, NULL, EVP_sha256(), NULL, s->key) == 1 &&
			    EVP_DigestSign(context, ret, &size, message.at, message.size) == 1;
		EVP_MD_CTX_free(context);
		if (!made)
			break;
		if (s->certificate.key.kind != PUBLIC_KEY_P256 || has_lower_s(slice_of(ret, size))) {
			*ret_size = size;
			return OK;
		}
	}
	ERR_clear_error();
	return fail(err, ERR_INTERNAL, "cannot sign: OpenSSL refuses");
}

bool signing_verify(const struct public_key *key, struct slice message, struct slice signature)
{
	return (key->kind != PUBLIC_KEY_P256 || has_lower_s(signature)) && public_key_verify(key, message, signature);
}

struct asking {
	const struct signing_passphrase *passphrase;
	const char *path;
	enum status status;
	struct error *err;
};

/* pem_password_cb; called for an encrypted key alone. */
static int give_passphrase(char *buffer, int size, int writing, void *data)
{
	struct asking *a = data;
	char word[SIGNING_PASSPHRASE_MAX];
	(void)writing;
	if (!a->passphrase)
		return -1;
	a->status = a->passphrase->get(a->passphrase->from, a->path, false, word, a->err);
	size_t length = a->status ? 0 : strlen(word);
	bool fits = length > 0 && length <= (size_t)size;
	if (fits)
		memcpy(buffer, word, length);
	OPENSSL_cleanse(word, sizeof word);
	return fits ? (int)length : -1;
}

static void clear_text(struct text *t)
{
	if (t->at)
		OPENSSL_cleanse(t->at, t->capacity);
	text_free(t);
}

static enum status check_mode(const char *path, struct error *err)
{
	AUTO_FD int fd = -1;
	struct stat st;
	enum status status = file_open(AT_FDCWD, path, &fd, err);
	if (status)
		return status;
	if (fstat(fd, &st) == 0 && (st.st_mode & 077) == 0)
		return OK;
	return fail(err, ERR_PERMISSION,
		    "%s: others than its owner may read or change this key (mode %04o); "
		    "chmod 600 it, or make a new one if it may have been read",
		    path, (unsigned)st.st_mode & 07777);
}

static enum status read_key(const char *path, const struct signing_passphrase *passphrase, EVP_PKEY **ret,
			    struct error *err)
{
	struct asking asking = {passphrase, path, OK, err};
	enum status status = check_mode(path, err);
	if (status)
		return status;
	__attribute__((cleanup(clear_text))) struct text pem = text_make(KEY_FILE_MAX);
	status = file_read(AT_FDCWD, path, KEY_FILE_MAX, &pem, err);
	if (status)
		return status;
	bool encrypted = slice_search(text_slice(&pem), SLICE("ENCRYPTED")) < pem.size;
	BIO *in = BIO_new_mem_buf(text_string(&pem), (int)pem.size);
	*ret = in ? PEM_read_bio_PrivateKey(in, NULL, give_passphrase, &asking) : NULL;
	BIO_free(in);
	ERR_clear_error();
	if (*ret || asking.status)
		return asking.status;
	return encrypted ? fail(err, ERR_CONFIG, "%s: the key has another passphrase", path)
			 : fail(err, ERR_CONFIG, "%s: not a private key in PEM", path);
}

static enum status read_certificate(const char *path, struct certificate *ret, struct error *err)
{
	AUTO_TEXT struct text pem = text_make(CERTIFICATE_PEM_MAX);
	enum status status = file_read(AT_FDCWD, path, CERTIFICATE_PEM_MAX, &pem, err);
	if (status)
		return status;
	const char *wrong = certificate_read_pem(text_slice(&pem), ret);
	return wrong ? fail(err, ERR_CONFIG, "%s: %s", path, wrong) : OK;
}

const char *signing_protection(const struct signing *s)
{
	return s->token ? "token" : "file (low assurance)";
}

enum status signing_load(const char *key_path, const char *certificate_path,
			 const struct signing_passphrase *passphrase, int64_t now_ns, struct signing **ret,
			 struct error *err)
{
	AUTO_SIGNING struct signing *s = must_alloc(1, sizeof *s);
	s->token = signing_token_is(key_path);
	enum status status = s->token ? signing_token_load(key_path, passphrase, &s->key, err)
				      : read_key(key_path, passphrase, &s->key, err);
	if (!status)
		status = read_certificate(certificate_path, &s->certificate, err);
	if (status)
		return status;
	if (X509_check_private_key(s->certificate.x509, s->key) != 1) {
		ERR_clear_error();
		return fail(err, ERR_CONFIG,
			    "%s: not the key of the certificate %s; give the two "
			    "files that keygen made together",
			    key_path, certificate_path);
	}
	const char *invalid = certificate_validity(&s->certificate, now_ns);
	if (invalid)
		return fail(err, ERR_CONFIG,
			    "%s: the certificate %s; check the clock, or make a new "
			    "one with airgap-verify keygen",
			    certificate_path, invalid);
	*ret = TAKE(&s);
	return OK;
}
