/* SPDX-License-Identifier: Apache-2.0 */
#ifndef CLI_PROBE_TRY_H
#define CLI_PROBE_TRY_H

/*
 * One probe of `challenge`, once, with a limit to its time.
 */

#include "cli/probe_target.h"

enum {
	PROBE_CONNECT_MS = 2500, /* a second SYN comes after one second */
	PROBE_ANSWER_MS = 1000,
	PROBE_LIMIT_S = 8, /* of all that one probe may take */
};

/* What came of it, as the process that tried it tells. */
struct probe_result {
	int64_t from_ns, to_ns; /* wall clock */
	int pid;
	unsigned sport;  /* 0: none, or not known */
	int code;        /* errno of `call`; 0: it succeeded */
	char call[12];   /* "socket", "connect", "send": the last one that counts */
	char answer[8];  /* "none", "other", "token" */
	char detail[120];
};

/* In this very process; PROBE_CHILD and PROBE_ORPHAN are tried as TCP. */
void probe_try(const struct probe_target *t, const struct challenge *c, const char *token, struct probe_result *ret);

#endif
