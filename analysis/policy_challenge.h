/* SPDX-License-Identifier: Apache-2.0 */
#ifndef ANALYSIS_POLICY_CHALLENGE_H
#define ANALYSIS_POLICY_CHALLENGE_H

/*
 * What a policy says of `challenge`: the host of the site's own that it may send to, and
 * which layers claim to stop what.
 *
 *   [challenge]
 *   sink = 192.0.2.2
 *   sink6 = 2001:db8::2
 *   port = 443
 *   name = sink.site.example
 *
 *   [claim egress firewall]
 *   stops = tcp, udp, tcp6, udp6
 */

#include "core/address.h"
#include "core/error.h"

enum {
	CHALLENGE_CLAIMS_MAX = 32,
	CHALLENGE_LAYER_MAX = 64,
	CHALLENGE_NAME_MAX = 128, /* leaves room for the token in front */
	CHALLENGE_PORT = 443,
};

struct challenge_claim {
	char layer[CHALLENGE_LAYER_MAX + 1];
	uint32_t stops; /* a bit for each of probes[] */
};

struct challenge {
	struct address sink, sink6;         /* ADDRESS_NONE: not named */
	unsigned port;                      /* 0: not named */
	char name[CHALLENGE_NAME_MAX + 1];  /* "": not named */
	struct challenge_claim claims[CHALLENGE_CLAIMS_MAX];
	size_t claim_count;
};

/* One key of [challenge]. Fails with ERR_CONFIG, as all of these do. */
enum status challenge_set(struct challenge *c, const char *key, const char *value,
			  struct error *err) MUST_CHECK;

/* The section [claim LAYER], and its key. */
enum status challenge_begin_claim(struct challenge *c, struct slice layer, struct error *err) MUST_CHECK;
enum status challenge_set_claim(struct challenge *c, const char *key, const char *value,
				struct error *err) MUST_CHECK;

/* What must be true behind the last section, and before the next one. */
enum status challenge_check(const struct challenge *c, struct error *err) MUST_CHECK;

/* May anything be sent at all? */
static inline bool challenge_has_sink(const struct challenge *c)
{
	return c->sink.family != ADDRESS_NONE || c->sink6.family != ADDRESS_NONE;
}

#endif
