/* SPDX-License-Identifier: Apache-2.0 */
#include "report/certificate.h"

#include "report/der.h"

#include <openssl/core_names.h>
#include <openssl/err.h>
#include <openssl/evp.h>
#include <openssl/pem.h>
#include <openssl/x509.h>
#include <openssl/x509_vfy.h>
#include <time.h>

enum { NAME_MAX_SIZE = 4096 };

/* Never asks anybody at the terminal. */
static int no_passphrase(char *buffer, int size, int writing, void *data)
{
	(void)buffer, (void)size, (void)writing, (void)data;
	return -1;
}

/* Takes `x509` over in any case. */
static const char *take(struct x509_st *x509, struct certificate *ret)
{
	*ret = (struct certificate){.x509 = x509, .der = text_make(CERTIFICATE_SIZE_MAX)};
	unsigned char *der = NULL;
	int size = i2d_X509(x509, &der);
	if (size > 0)
		text_add(&ret->der, slice_of(der, (size_t)size));
	OPENSSL_free(der);
	const char *wrong = NULL;
	if (size <= 0 || ret->der.overflow)
		wrong = "the certificate is too large";
	else if (!public_key_of(X509_get0_pubkey(x509), &ret->key))
		wrong = EVP_PKEY_is_a(X509_get0_pubkey(x509), "ED25519")
				? "the certificate is over an Ed25519 key, and openssl cms, with which anybody is to check a seal, makes "
				  "no such signature (OpenSSL 3.0); P-256 and RSA-3072 are taken"
				: "the certificate is over neither a P-256 nor an RSA-3072 key";
	ERR_clear_error();
	if (wrong)
		certificate_free(ret);
	else
		hash_bytes(text_slice(&ret->der), ret->fingerprint);
	return wrong;
}

const char *certificate_read_der(struct slice der, struct certificate *ret)
{
	*ret = (struct certificate){0};
	if (der.size == 0 || der.size > CERTIFICATE_SIZE_MAX)
		return "not an X.509 certificate";
	const unsigned char *at = der.at;
	X509 *x509 = d2i_X509(NULL, &at, (long)der.size);
	ERR_clear_error();
	if (!x509)
		return "not an X.509 certificate";
	const char *wrong = take(x509, ret);
	if (!wrong && !slice_equal(text_slice(&ret->der), der)) {
		certificate_free(ret);
		wrong = "not an X.509 certificate alone";
	}
	return wrong;
}

const char *certificate_read_pem(struct slice pem, struct certificate *ret)
{
	*ret = (struct certificate){0};
	if (pem.size == 0 || pem.size > CERTIFICATE_PEM_MAX)
		return "not a PEM certificate";
	BIO *in = BIO_new_mem_buf(pem.at, (int)pem.size);
	X509 *x509 = in ? PEM_read_bio_X509(in, NULL, no_passphrase, NULL) : NULL;
	BIO_free(in);
	ERR_clear_error();
	return x509 ? take(x509, ret) : "not a PEM certificate";
}

void certificate_free(struct certificate *c)
{
	if (!c)
		return;
	X509_free(c->x509);
	text_free(&c->der);
	*c = (struct certificate){0};
}

const char *certificate_validity(const struct certificate *c, int64_t wall_ns)
{
	time_t now = (time_t)(wall_ns / INT64_C(1000000000));
	if (X509_cmp_time(X509_get0_notBefore(c->x509), &now) > 0)
		return "is not valid yet";
	return X509_cmp_time(X509_get0_notAfter(c->x509), &now) < 0 ? "has expired" : NULL;
}

X509_STORE *certificate_store(struct slice pem)
{
	if (pem.size == 0 || pem.size > CERTIFICATE_CA_FILE_MAX)
		return NULL;
	X509_STORE *store = X509_STORE_new();
	BIO *in = BIO_new_mem_buf(pem.at, (int)pem.size);
	size_t count = 0;
	X509 *authority;
	while (store && in &&
	       (authority = PEM_read_bio_X509(in, NULL, no_passphrase, NULL)) != NULL) {
		count += X509_STORE_add_cert(store, authority) == 1;
		X509_free(authority);
	}
	BIO_free(in);
	ERR_clear_error();
	if (count == 0) {
		X509_STORE_free(store);
		return NULL;
	}
	return store;
}

const char *certificate_chain(const struct certificate *c, struct slice authorities_pem,
			      int64_t wall_ns)
{
	X509_STORE *store = certificate_store(authorities_pem);
	if (!store)
		return "no certificate in the file of authorities";
	const char *wrong = "OpenSSL refuses to check the chain";
	X509_STORE_CTX *context = X509_STORE_CTX_new();
	if (context && X509_STORE_CTX_init(context, store, c->x509, NULL) == 1) {
		X509_VERIFY_PARAM *param = X509_STORE_CTX_get0_param(context);
		X509_VERIFY_PARAM_set_time(param, (time_t)(wall_ns / INT64_C(1000000000)));
		wrong = X509_verify_cert(context) == 1
				? NULL
				: X509_verify_cert_error_string(X509_STORE_CTX_get_error(context));
	}
	X509_STORE_CTX_free(context);
	X509_STORE_free(store);
	ERR_clear_error();
	return wrong;
}

/* Moves what a memory BIO holds into `out`. */
static void add_bio(BIO *from, struct text *out)
{
	char *bytes = NULL;
	long size = BIO_get_mem_data(from, &bytes);
	if (size > 0)
		text_add(out, slice_of(bytes, (size_t)size));
}

void certificate_add_pem(const struct certificate *c, struct text *out)
{
	BIO *to = BIO_new(BIO_s_mem());
	if (!to || PEM_write_bio_X509(to, c->x509) != 1)
		die("cannot write a certificate: OpenSSL refuses");
	add_bio(to, out);
	BIO_free(to);
}

bool certificate_add_all_pem(struct slice pem, struct text *out)
{
	size_t count = 0, before = out->size;
	X509 *x509;
	BIO *in = pem.size && pem.size <= CERTIFICATE_CA_FILE_MAX ? BIO_new_mem_buf(pem.at, (int)pem.size) : NULL;
	while (in && (x509 = PEM_read_bio_X509(in, NULL, no_passphrase, NULL)) != NULL) {
		const struct certificate one = {.x509 = x509}; /* borrowed */
		certificate_add_pem(&one, out);
		X509_free(x509);
		count++;
	}
	BIO_free(in);
	ERR_clear_error();
	return count > 0 && out->size > before && !out->overflow;
}

const char *certificate_any_valid(struct slice pem, int64_t wall_ns)
{
	const char *wrong = "is not there: no certificate in PEM";
	X509 *x509;
	BIO *in = pem.size && pem.size <= CERTIFICATE_CA_FILE_MAX ? BIO_new_mem_buf(pem.at, (int)pem.size) : NULL;
	while (in && wrong && (x509 = PEM_read_bio_X509(in, NULL, no_passphrase, NULL)) != NULL) {
		const struct certificate one = {.x509 = x509}; /* borrowed */
		wrong = certificate_validity(&one, wall_ns);
		X509_free(x509);
	}
	BIO_free(in);
	ERR_clear_error();
	return wrong;
}

void certificate_add_subject(const struct certificate *c, struct text *out)
{
	AUTO_TEXT struct text name = text_make(NAME_MAX_SIZE);
	BIO *to = BIO_new(BIO_s_mem());
	if (!to || X509_NAME_print_ex(to, X509_get_subject_name(c->x509), 0,
				      XN_FLAG_RFC2253 & ~ASN1_STRFLGS_ESC_MSB) < 0)
		die("cannot print a name: OpenSSL refuses");
	add_bio(to, &name);
	BIO_free(to);
	text_add_printable(out, text_slice(&name), NAME_MAX_SIZE);
}

void certificate_add_issuer_serial(const struct certificate *c, struct text *out)
{
	AUTO_TEXT struct text both = text_make(CERTIFICATE_SIZE_MAX);
	unsigned char *issuer = NULL, *serial = NULL;
	int issuer_size = i2d_X509_NAME(X509_get_issuer_name(c->x509), &issuer);
	int serial_size = i2d_ASN1_INTEGER(X509_get0_serialNumber(c->x509), &serial);
	if (issuer_size <= 0 || serial_size <= 0)
		die("cannot write a certificate's issuer: OpenSSL refuses");
	text_add(&both, slice_of(issuer, (size_t)issuer_size));
	text_add(&both, slice_of(serial, (size_t)serial_size));
	OPENSSL_free(issuer);
	OPENSSL_free(serial);
	der_add(out, DER_SEQUENCE, text_slice(&both));
}
