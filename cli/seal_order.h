/* SPDX-License-Identifier: Apache-2.0 */
#ifndef CLI_SEAL_ORDER_H
#define CLI_SEAL_ORDER_H

/*
 * The seal of a folder of documents, with all that belongs to it: the signer's key, the signature in
 * the PDF, the time stamp.
 */

#include "analysis/policy.h"
#include "report/seal.h"

struct seal_order {
	int folder;	   /* not owned */
	const char *title; /* of the PDF, where there is one */
	const struct policy *policy; /* whose key signs where none is named, and whom to ask for time stamps; NULL: the user's */
	const char *key, *certificate, *passphrase_file; /* as signer_get() has them */
	bool quiet;
};

/* Signs the PDF, seals, and stamps where the policy names an authority. `facts`: the time of now and
 * whether a stamp follows are filled in. */
enum status seal_order_do(const struct seal_order *o, struct seal_facts *facts, struct error *err) MUST_CHECK;

#endif
