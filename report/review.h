/* SPDX-License-Identifier: Apache-2.0 */
#ifndef REPORT_REVIEW_H
#define REPORT_REVIEW_H

/*
 * What a person decided over a sealed folder. The Nth review lies in review/: its words
 * (N-review.json) and over them two signatures by a key of the reviewer's own (.p7s: CMS,
 * .sig: SSH), the certificate and the line for ssh-keygen. The words name the seal by the
 * hash of seal/SHA256SUMS and, each, the review before; so they are an entry of the custody
 * of the folder too, and nothing under the seal changes for them.
 *
 * The words have one form: what is read is written anew and compared.
 */

#include "core/arena.h"
#include "core/hash.h"
#include "report/signing.h"

#define REVIEW_FOLDER "review"

struct json; /* core/json.h */

enum {
	REVIEW_VERSION = 1,
	REVIEWS_MAX = 99,
	REVIEW_SIZE_MAX = 128 * 1024,
	REVIEW_TEXT_MAX = 4096, /* bytes of a name, a comment, an identifier */
	REVIEW_OBJECTIVES_MAX = 1000,
	REVIEW_PATH_MAX = 64,
};

enum review_decision { REVIEW_ACCEPTED, REVIEW_REJECTED, REVIEW_NOTED, REVIEW_DECISIONS };

struct review_objective {
	const char *id; /* as in the OSCAL results: "SC.L2-3.13.6_obj.a" */
	bool satisfied;
};

struct review {
	unsigned number; /* from 1 on */
	enum review_decision decision;
	const char *name;		 /* the reviewer's */
	const char *comment;		 /* NULL: none */
	const char *who, *tool_version; /* who: user@host of the signing */
	const struct review_objective *objectives;
	size_t objective_count;
	int64_t time_ns;
	bool first, judged;		     /* first: no review before it; judged: there is a database */
	unsigned char previous[HASH_SIZE];   /* SHA-256 of the words of the review before */
	unsigned char sums[HASH_SIZE];	     /* of seal/SHA256SUMS */
	unsigned char database[HASH_SIZE];   /* of the database under that seal */
	unsigned char fingerprint[HASH_SIZE]; /* of the reviewer's certificate */
	unsigned char digest[HASH_SIZE];      /* of its own words, once they were written or read from a folder */
};

/* Of one database, in their order. */
struct reviews {
	const struct review *at[REVIEWS_MAX];
	size_t count;
};

/* The files of a review, by what stands behind "review/N-". */
enum review_file { REVIEW_WORDS, REVIEW_CMS, REVIEW_SSH, REVIEW_CERTIFICATE, REVIEW_ALLOWED, REVIEW_FILES };
void review_path(unsigned number, enum review_file file, char ret[static REVIEW_PATH_MAX]);

/* Which file of which review it is; false where it is none. `name` is what stands behind
 * "review/". */
bool review_file_of(struct slice name, unsigned *ret_number, enum review_file *ret);

const char *review_decision_name(enum review_decision decision);
bool review_decision_of(const char *name, enum review_decision *ret);

/* The words of OSCAL for the state of an objective. */
const char *review_state_name(bool satisfied);

/* Adds the words of a review as they are signed: a JSON object and a line feed. */
void review_write(const struct review *r, struct text *out);

/* The member "objectives" of an object. */
void review_write_objectives(struct json *j, const struct review *r);

/* NULL, or what is wrong. Texts and objectives are in the arena. */
const char *review_read(struct slice json, struct arena *arena, struct review *ret) MUST_CHECK;

/* Adds a review to a sealed folder, that the caller has verified, and sets its number.
 * Number, hashes and fingerprint of `r` are filled in here, its digest too. The words are written last:
 * a review that was cut short has none. */
enum status review_add(int folder, const struct signing *signing, struct review *r, struct error *err) MUST_CHECK;

#endif
