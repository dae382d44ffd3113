/* SPDX-License-Identifier: Apache-2.0 */
#ifndef REPORT_TIMESTAMP_H
#define REPORT_TIMESTAMP_H

/*
 * What a time-stamping authority says of a hash (RFC 3161): by its clock, it was there. The
 * question has one form, which is read as it is written; the reply is foreign, and OpenSSL
 * reads it.
 */

#include "core/error.h"
#include "core/hash.h"
#include "core/text.h"

enum {
	TIMESTAMP_QUERY_MAX = 128,	 /* bytes of a TimeStampReq of ours */
	TIMESTAMP_REPLY_MAX = 64 * 1024, /* of a TimeStampResp */
	TIMESTAMP_WORDS_MAX = 512,	 /* of a name, its NUL included */
};

struct timestamp {
	int64_t time_ns;     /* by the clock of the authority */
	int64_t accuracy_ns; /* 0: it does not say */
	char serial[TIMESTAMP_WORDS_MAX], signer[TIMESTAMP_WORDS_MAX]; /* printable */
	char fingerprint[HASH_TEXT_MAX]; /* SHA-256 of the signer's certificate */
	bool expired;			 /* that certificate, by now */
};

/* Adds a TimeStampReq over content of that SHA-256, with a nonce by chance, that asks for the
 * certificate of the authority. */
void timestamp_query(const unsigned char digest[static HASH_SIZE], struct text *ret);

/* Is it one of ours, over that hash? */
bool timestamp_is_query(struct slice query, const unsigned char digest[static HASH_SIZE]);

/* Holds the reply for this question, by an authority that is one of those in the PEM or chains
 * to one, at the time that it tells? `now_ns`: for `expired`. ERR_MALFORMED with the reason where not,
 * ERR_CONFIG where there is no certificate in the PEM. */
enum status timestamp_check(struct slice query, struct slice reply, struct slice authorities_pem, int64_t now_ns,
			    struct timestamp *ret, struct error *err) MUST_CHECK;

/* Adds the token within a reply (a ContentInfo, 2.4.2). */
enum status timestamp_token(struct slice reply, struct text *ret, struct error *err) MUST_CHECK;

/* Whom to ask, and whom to believe. `ask` adds the reply to a question; it is the caller's
 * business where that goes. */
struct timestamp_source {
	enum status (*ask)(const void *from, struct slice query, struct text *ret, struct error *err);
	const void *from;
	struct slice authorities_pem;
};

/* Asks about these bytes, checks the reply and adds the token in it. */
enum status timestamp_get(const struct timestamp_source *from, struct slice bytes, struct text *ret, struct error *err) MUST_CHECK;

#endif
