/* SPDX-License-Identifier: Apache-2.0 */
#ifndef REPORT_CMS_H
#define REPORT_CMS_H

/*
 * A detached signature as CMS (RFC 5652, section 5), in the one form that this
 * tool writes. Reading accepts that form alone: what is found is written anew and
 * compared byte for byte, so that nothing in the file is free to be changed.
 */

#include "report/signing.h"
#include "report/timestamp.h"

enum {
	CMS_SIZE_MAX = 32 * 1024,
	CMS_NO_TIME = 0, /* as the time of signing: a signature inside a PDF has it there instead
			  * (ETSI EN 319 142-1, 6.3) */
};

struct cms_signed {
	struct certificate certificate;	 /* owned; certificate_free() */
	unsigned char digest[HASH_SIZE]; /* of the content that was signed */
	int64_t signed_ns;		 /* as the signer's clock had it; whole seconds; or CMS_NO_TIME */
};

/* Signs content of that SHA-256; adds DER to `ret`. */
enum status cms_sign(const struct signing *s, const unsigned char digest[static HASH_SIZE],
		     int64_t now_ns, struct text *ret, struct error *err) MUST_CHECK;

/* The same with a time stamp over the signature among what is not signed (RFC 3161, appendix
 * A), as one inside a PDF may have it; cms_check() takes none such. */
enum status cms_sign_stamped(const struct signing *s, const unsigned char digest[static HASH_SIZE], int64_t now_ns,
			     const struct timestamp_source *stamp, struct text *ret, struct error *err) MUST_CHECK;

/* NULL where the file has exactly our form and its signature holds under the
 * certificate inside it; else what is wrong, and `ret` is empty. Whose certificate
 * that is, and whether the digest is the content's, is the caller's to compare. */
const char *cms_check(struct slice der, struct cms_signed *ret) MUST_CHECK;

#endif
