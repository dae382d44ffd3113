/* SPDX-License-Identifier: Apache-2.0 */
#ifndef REPORT_SIGNING_KEY_H
#define REPORT_SIGNING_KEY_H

/*
 * Inside of struct signing, for the files that make one.
 */

#include "report/signing.h"

struct evp_pkey_st;

struct signing {
	struct evp_pkey_st *key; /* owned */
	struct certificate certificate;
	bool token; /* the key lies on one */
};

#endif
