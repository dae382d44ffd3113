/* SPDX-License-Identifier: Apache-2.0 */
#ifndef CLI_SEAL_ORDER_H
#define CLI_SEAL_ORDER_H

/*
 * The seal of a folder of documents, with all that belongs to it: the signer's key, the signature in
 * the PDF, the time stamp.
 */

#include "analysis/policy.h"
#include "cli/tsa.h"
#include "report/seal.h"

struct seal_order {
	int folder;	   /* not owned */
	const char *title; /* of the PDF, where there is one */
	const struct policy *policy; /* whose key signs where none is named, and whom to ask for time stamps; NULL: the user's */
	const char *key, *certificate, *passphrase_file; /* as signer_get() has them */
	bool quiet;
};

/* What an order is carried out with. */
struct seal_signer {
	struct signing *signing; /* owned */
	struct tsa tsa;		  /* none where the policy names none; must stay where it is */
};

/* The key, its certificate and whom to ask for time stamps, before anything is written: what is sealed
 * already must not lose its seal to a key that is not there. Says where a key was made. */
enum status seal_signer_open(const struct seal_order *o, struct seal_signer *ret, struct error *err) MUST_CHECK;

void seal_signer_close(struct seal_signer *s); /* zeroed is closed */

#define AUTO_SEAL_SIGNER __attribute__((cleanup(seal_signer_close)))

/* Signs the PDF, seals, and stamps where the policy names an authority. `facts`: the time of now and
 * whether a stamp follows are filled in. */
enum status seal_order_do(const struct seal_order *o, const struct seal_signer *signer, struct seal_facts *facts,
			  struct error *err) MUST_CHECK;

#endif
