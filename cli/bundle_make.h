/* SPDX-License-Identifier: Apache-2.0 */
#ifndef CLI_BUNDLE_MAKE_H
#define CLI_BUNDLE_MAKE_H

/*
 * A sealed session folder into one file: what `bundle` does when it is asked, and `audit`
 * each time.
 */

#include "analysis/policy.h"
#include "core/file.h"
#include "report/bundle.h"

struct bundle_order {
	const char *folder; /* of the session */
	const char *output; /* the file; NULL: named after organisation, host and window, in `into` */
	const char *into;   /* a folder; NULL: this one */
	const struct policy *policy; /* whose key signs and who stamps; NULL: the user's */
	const char *key, *certificate, *passphrase_file; /* as finish_request has them */
	const char *cmmc_root; /* NULL: no hash logs of CMMC */
	bool force; /* also of a folder that does not verify, or over a bundle that is there */
};

struct bundle_made {
	char output[FILE_PATH_MAX];
	char id[512], verdict[32], top[BUNDLE_NAME_MAX]; /* top: the folder within */
	int64_t from_ns, to_ns; /* what was watched */
	bool unnamed; /* organisation or system are not told: x stands for them in the name */
	bool untold; /* a document in it does not tell of a review that lies beside it */
};

enum status bundle_make(const struct bundle_order *o, struct bundle_made *ret, struct error *err) MUST_CHECK;

/* Does a bundle that was just made verify, and is it of that session? */
enum status bundle_make_check(const char *path, const char *id, struct error *err) MUST_CHECK;

#endif
