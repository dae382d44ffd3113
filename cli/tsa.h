/* SPDX-License-Identifier: Apache-2.0 */
#ifndef CLI_TSA_H
#define CLI_TSA_H

/*
 * The time-stamping authority that the policy names, over HTTP (RFC 3161, 3.4) to a loopback
 * address or a Unix socket of this machine: what listens there is the site's, and nothing else
 * is ever asked.
 */

#include "analysis/policy.h"
#include "benchmark/http.h"
#include "report/timestamp.h"

struct tsa {
	bool named; /* false: there is none */
	struct http_place place;
	struct text authorities;	 /* owned */
	struct timestamp_source source; /* of this very struct, which must stay where it is */
};

/* `url` and `ca_file`: NULL or "" for none. Nobody is asked yet. */
enum status tsa_open(const char *url, const char *ca_file, struct tsa *ret, struct error *err) MUST_CHECK;

/* That of a policy; of the machine's own where `policy` is NULL: one that came with a folder
 * says nothing of whom to ask here. */
enum status tsa_of_policy(const struct policy *policy, struct tsa *ret, struct error *err) MUST_CHECK;

void tsa_close(struct tsa *t); /* leaves none */

/* The source, or NULL where there is none. */
const struct timestamp_source *tsa_source(const struct tsa *t);

#define AUTO_TSA __attribute__((cleanup(tsa_close)))

#endif
