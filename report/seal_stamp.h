/* SPDX-License-Identifier: Apache-2.0 */
#ifndef REPORT_SEAL_STAMP_H
#define REPORT_SEAL_STAMP_H

/*
 * A time stamp over a seal: over its CMS signature, which is over the list of all files. It
 * comes after the seal, lies beside it and changes nothing of it. Four files, the question
 * first; the last three are written together, the reply last.
 *
 * Of a reply some bytes are signed by nobody (certificates, the status): their hash stands
 * beside it, so that none is free.
 */

#include "report/timestamp.h"

#define SEAL_QUERY "seal/SHA256SUMS.p7s.tsq"	  /* TimeStampReq */
#define SEAL_TSA "seal/SHA256SUMS.p7s.tsa.pem"	  /* the authorities that it was checked against */
#define SEAL_STAMP_SUMS "seal/SHA256SUMS.p7s.tsr.sha256" /* the other three, as sha256sum writes them */
#define SEAL_REPLY "seal/SHA256SUMS.p7s.tsr"	  /* TimeStampResp */

enum {
	SEAL_TSA_MAX = 64 * 1024, /* bytes of the authorities */
	SEAL_STAMP_SUMS_MAX = 1024,
};

bool seal_stamp_is(const char *path); /* one of the four */

/* What SEAL_STAMP_SUMS holds of the other three. */
void seal_stamp_sums(struct slice authorities, struct slice query, struct slice reply, struct text *out);

/* Asks anew: writes the question of a sealed folder, and gives it. Refuses where there is a
 * stamp. */
enum status seal_stamp_ask(int folder, struct text *ret, struct error *err) MUST_CHECK;

/* Takes the reply to the question that the folder holds, where it holds (timestamp_check()),
 * with the authorities it was checked against. */
enum status seal_stamp_take(int folder, struct slice reply, struct slice authorities_pem, int64_t now_ns,
			    struct timestamp *ret, struct error *err) MUST_CHECK;

/* Both. */
enum status seal_stamp(int folder, const struct timestamp_source *from, int64_t now_ns, struct timestamp *ret,
		       struct error *err) MUST_CHECK;

/* Removes all of a stamp, which a new seal makes void. */
enum status seal_stamp_remove(int folder, struct error *err) MUST_CHECK;

#endif
