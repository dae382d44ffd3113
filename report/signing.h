/* SPDX-License-Identifier: Apache-2.0 */
#ifndef REPORT_SIGNING_H
#define REPORT_SIGNING_H

/*
 * The long-lived key that seals sessions, with its certificate: ECDSA over P-256
 * with SHA-256 (FIPS 186-4), or RSA-3072. A signature by ECDSA is DER (RFC 3279, 2.2.3), and
 * of the two values that would verify always the one with the lower s; one by RSA has one
 * value alone (RFC 8017, 8.2): so nobody but the signer can turn it into another that holds
 * as well.
 */

#include "report/certificate.h"

struct signing; /* opaque; key and certificate */

enum {
	SIGNING_SIGNATURE_MAX = PUBLIC_KEY_RSA_SIZE,
	SIGNING_PASSPHRASE_MAX = 1024, /* its NUL included */
	SIGNING_SUBJECT_MAX = 64, /* bytes of a common name (RFC 5280, appendix A.1) */
};

/* Where a passphrase comes from once a key needs one. `get` gives up to
 * SIGNING_PASSPHRASE_MAX - 1 bytes, ended by NUL, which the caller erases; `twice`: for a
 * new key, ask so that it cannot be mistyped. */
struct signing_passphrase {
	enum status (*get)(const void *from, const char *key_path, bool twice, char ret[static SIGNING_PASSPHRASE_MAX],
			   struct error *err);
	const void *from;
};

/* A new key and a self-signed certificate over it, valid for ten years from now
 * (less an hour, for clocks that are set back). */
enum status signing_generate(enum public_key_kind kind, const char *subject_name, int64_t now_ns, struct signing **ret,
			     struct error *err) MUST_CHECK;

/* The same certificate over a key that lies on a token already ("pkcs11:…", RFC 7512) and can be used with
 * that PIN. ERR_CONFIG for a key that is neither ECDSA over P-256 nor RSA-3072. */
enum status signing_certify(const char *key_uri, const struct signing_passphrase *pin, const char *subject_name, int64_t now_ns,
			    struct signing **ret, struct error *err) MUST_CHECK;

/* Writes the key (PKCS#8 PEM, mode 0600; encrypted where there is a passphrase, NULL:
 * without) and the certificate (PEM) into files that must not be there yet. Leaves neither
 * behind where it fails. A key on a token stays there: of that, the certificate alone. */
enum status signing_save(const struct signing *s, const char *key_path, const char *certificate_path,
			 const struct signing_passphrase *passphrase, struct error *err) MUST_CHECK;

/* Refuses a key that others may read, one of another kind or that does not belong to
 * the certificate, and a certificate that is not valid now. A key path "pkcs11:…" (RFC 7512)
 * names one on a token; the passphrase is its PIN. `passphrase` is NULL where none can be
 * had. */
enum status signing_load(const char *key_path, const char *certificate_path,
			 const struct signing_passphrase *passphrase, int64_t now_ns, struct signing **ret,
			 struct error *err) MUST_CHECK;

/* How the secret is kept: "file (low assurance)" or "token". */
const char *signing_protection(const struct signing *s);

void signing_free(struct signing *s); /* NULL-safe; the secret is overwritten */

const struct certificate *signing_certificate(const struct signing *s);

/* SHA-256 of the certificate's DER: 64 lower-case digits. */
void signing_fingerprint(const struct signing *s, char ret[static HASH_TEXT_MAX]);

enum status signing_sign(const struct signing *s, struct slice message,
			 unsigned char ret[static SIGNING_SIGNATURE_MAX], size_t *ret_size,
			 struct error *err) MUST_CHECK;

/* True where the signature holds and is in its one form. */
bool signing_verify(const struct public_key *key, struct slice message, struct slice signature);

static inline void signing_auto(struct signing **s)
{
	signing_free(*s);
}

#define AUTO_SIGNING __attribute__((cleanup(signing_auto)))

#endif
