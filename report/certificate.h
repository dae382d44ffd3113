/* SPDX-License-Identifier: Apache-2.0 */
#ifndef REPORT_CERTIFICATE_H
#define REPORT_CERTIFICATE_H

/*
 * An X.509 certificate (RFC 5280) over a key of a kind that seals a session
 * (public_key.h). OpenSSL reads it; what is used of it stands here.
 */

#include "core/cursor.h"
#include "core/error.h"
#include "core/hash.h"
#include "core/text.h"
#include "report/public_key.h"

enum {
	CERTIFICATE_SIZE_MAX = 16 * 1024,	   /* of one, in DER */
	CERTIFICATE_PEM_MAX = 2 * 16 * 1024,	   /* of one, as PEM, with words around it */
	CERTIFICATE_CA_FILE_MAX = 4 * 1024 * 1024, /* of a file of authorities */
};

struct x509_st;
struct x509_store_st;

struct certificate {
	struct x509_st *x509; /* owned */
	struct text der;      /* owned; the bytes as they were read */
	struct public_key key;
	unsigned char fingerprint[HASH_SIZE]; /* SHA-256 of the DER */
};

/* NULL, or why not (a constant); then `ret` needs no freeing. The DER must be the
 * whole input. */
const char *certificate_read_der(struct slice der, struct certificate *ret) MUST_CHECK;
const char *certificate_read_pem(struct slice pem, struct certificate *ret) MUST_CHECK;

void certificate_free(struct certificate *c); /* NULL-safe; leaves it empty */

/* NULL, or in which way it is not valid at this time. */
const char *certificate_validity(const struct certificate *c, int64_t wall_ns);

/* NULL, or why it does not chain to one of the authorities in `pem` at that time. */
const char *certificate_chain(const struct certificate *c, struct slice authorities_pem,
			      int64_t wall_ns);

/* All certificates of a PEM file as those to be trusted; the caller's to free. NULL where there
 * are none. */
struct x509_store_st *certificate_store(struct slice pem);

/* The same, as PEM and nothing around it. False where there are none, or more than fit. */
bool certificate_add_all_pem(struct slice pem, struct text *out) MUST_CHECK;

/* NULL where one of a PEM file's certificates is valid at that time; else in which way the last
 * one is not. */
const char *certificate_any_valid(struct slice pem, int64_t wall_ns);

void certificate_add_pem(const struct certificate *c, struct text *out);
void certificate_add_subject(const struct certificate *c, struct text *out); /* RFC 2253 */

/* IssuerAndSerialNumber (RFC 5652, 10.2.4), in DER. */
void certificate_add_issuer_serial(const struct certificate *c, struct text *out);

#define AUTO_CERTIFICATE __attribute__((cleanup(certificate_free)))

#endif
