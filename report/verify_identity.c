/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Is the signer the one that the caller means?
 */
#include "core/clock.h"
#include "report/seal.h"
#include "report/verify_state.h"

#include <fcntl.h>
#include <string.h>

enum status verify_fingerprint_hex(const char *hex, unsigned char ret[static HASH_SIZE], struct error *err)
{
	AUTO_TEXT struct text digits = text_make(2 * HASH_SIZE);
	for (const char *at = hex; *at; at++)
		if (*at != ':')
			text_add_char(&digits, *at);
	if (digits.overflow || !slice_hex_bytes(text_slice(&digits), HASH_SIZE, ret))
		return fail(err, ERR_USAGE,
			    "a fingerprint is the SHA-256 of a certificate: 64 "
			    "hexadecimal digits, colons between them or not");
	return OK;
}

static enum status check_fingerprint(struct verifying *v, struct error *err)
{
	unsigned char wanted[HASH_SIZE];
	enum status status = verify_fingerprint_hex(v->options->fingerprint_hex, wanted, err);
	if (status || !v->result->sealed)
		return status;
	if (!v->have_signer)
		verify_problem(v, VERIFY_UNKNOWN, SEAL_CERTIFICATE,
			       "there is no certificate to compare the fingerprint with");
	else if (memcmp(wanted, v->signer.fingerprint, HASH_SIZE) != 0)
		verify_problem(v, VERIFY_BAD, SEAL_CERTIFICATE,
			       "its fingerprint is %s, not the one that was given",
			       v->result->fingerprint);
	else
		verify_proven(v, "the certificate is the one whose fingerprint was given");
	return OK;
}

enum status verify_authorities(const char *option, const char *path, struct text *ret, struct error *err)
{
	AUTO_TEXT struct text plain = text_make(CERTIFICATE_CA_FILE_MAX);
	enum status status = file_read(AT_FDCWD, path, CERTIFICATE_CA_FILE_MAX, ret, err);
	if (!status && !certificate_add_all_pem(text_slice(ret), &plain))
		status = fail(err, ERR_MALFORMED, "%s: %s: holds no certificate in PEM", option, path);
	return status;
}

static enum status check_authority(struct verifying *v, struct error *err)
{
	AUTO_TEXT struct text pem = text_make(CERTIFICATE_CA_FILE_MAX);
	const char *path = v->options->ca_file;
	enum status status = verify_authorities("--ca", path, &pem, err);
	if (status || !v->result->sealed)
		return status;
	if (!v->have_signer) {
		verify_problem(v, VERIFY_UNKNOWN, SEAL_CERTIFICATE,
			       "there is no certificate to check against %s", path);
		return OK;
	}
	/* at the time of the signature: evidence is kept longer than certificates last */
	int64_t when = v->result->signed_ns ? v->result->signed_ns : clock_now().wall_ns;
	const char *wrong = certificate_chain(&v->signer, text_slice(&pem), when);
	if (wrong)
		verify_problem(v, VERIFY_BAD, SEAL_CERTIFICATE, "does not chain to %s: %s", path,
			       wrong);
	else
		verify_proven(v, "the certificate was issued by an authority in %s", path);
	return OK;
}

enum status verify_identity(struct verifying *v, struct error *err)
{
	enum status status = OK;
	if (v->options->fingerprint_hex)
		status = check_fingerprint(v, err);
	if (!status && v->options->ca_file)
		status = check_authority(v, err);
	if (!v->options->fingerprint_hex && !v->options->ca_file && v->result->sealed)
		verify_not_proven(
			v, "who the signer is: compare the fingerprint with one that came to "
			   "you by another way (--fingerprint), or name an authority (--ca)");
	return status;
}
