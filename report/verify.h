/* SPDX-License-Identifier: Apache-2.0 */
#ifndef REPORT_VERIFY_H
#define REPORT_VERIFY_H

/*
 * Is a session folder as it was sealed? Everything in it is foreign here. A change
 * of any byte of any file is found, and the file that was changed is named.
 */

#include "core/arena.h"
#include "core/hash.h"
#include "core/head_register.h"
#include "report/retention.h"
#include "report/review.h"
#include "report/timestamp.h"

enum {
	VERIFY_PROBLEMS_MAX = 1000, /* listed; more are only counted */
	VERIFY_LINES_MAX = 2 * REVIEWS_MAX + 32, /* a line for each review */
};

/* In the order of an exit status. */
enum verify_outcome {
	VERIFY_GOOD = 0,
	VERIFY_BAD = 1,	    /* something was changed, removed, added or forged */
	VERIFY_UNKNOWN = 2, /* could not tell: not sealed, not readable */
};

/* Of a second place that is a register of a TPM. */
struct verify_register {
	uint64_t log_bytes;	  /* of its log, when it was asked; later ones are not looked at */
	const char *unknown;	  /* NULL, or why it could not be asked */
	struct head_register now; /* else */
};

struct verify_options {
	const char *fingerprint_hex; /* NULL, or what the certificate's must be; colons may stand in
					it */
	const char *ca_file;	     /* NULL, or PEM certificates of authorities */
	const char *tsa_ca_file;     /* the same of time stamps; NULL: those that lie beside a stamp */
	const char *review_hex;	     /* NULL, or the SHA-256 of a review that must be there */
	const char *session_id;	     /* NULL, or of which session it must be: at least 8 characters */
	const char *head_file;	     /* NULL, or what a second place was told of heads of evidence logs */
	const struct verify_register *head_register; /* NULL, or that file is the log of one */
	int64_t after_ns;	     /* 0, or after which time it must have ended */
	const char *folder_name;     /* NULL, or the name of the folder: that of an unpacked bundle is sealed */
};

enum { VERIFY_OTHERS_MAX = 1000, VERIFY_DEPTH_MAX = 3 };

/* Another session of which the second place was told; with verify_all(), one that is missing. */
struct verify_other {
	const char *id;
	int64_t from_ns, to_ns; /* of its heads */
	bool ended;
};

/* As the signed statement has it. */
struct verify_session {
	bool known; /* and the statement holds */
	const char *id, *host, *verdict;
	int64_t from_ns, to_ns; /* 0 where that is not known */
};

struct verify_problem {
	const char *path; /* in the session folder */
	const char *what;
	enum verify_outcome outcome; /* BAD or UNKNOWN */
};

struct verify_lines {
	const char *at[VERIFY_LINES_MAX];
	size_t count;
};

/* All text is valid until verify_result_free(). Foreign bytes in it are made
 * printable, except in `path`. */
struct verify_result {
	enum verify_outcome outcome; /* BAD where any problem is, else UNKNOWN where any is */
	bool sealed;
	struct verify_problem problems[VERIFY_PROBLEMS_MAX];
	size_t problem_count;		 /* that stand in the list */
	uint64_t bad, unknown;		 /* all there are */
	uint64_t files, bytes;		 /* that were hashed */
	char fingerprint[HASH_TEXT_MAX]; /* of the signer's certificate; "" where there is none */
	const char *signer;		 /* its subject; "" */
	int64_t signed_ns;		 /* as the signature claims; 0 */
	struct verify_session session;
	bool keep_told; /* the manifest holds, and tells until when it is to be kept: */
	char keep_until[RETENTION_TEXT_MAX];
	struct verify_lines proven, not_proven;
	const struct review *reviews[REVIEWS_MAX]; /* that hold; their texts live as long */
	bool review_earlier[REVIEWS_MAX];	   /* over a seal that this one replaced, and covered by it */
	size_t review_count;
	uint64_t heads; /* of this session that the second place was told, and that fit */
	const struct verify_other *others; /* in the order in which they were told */
	size_t other_count;
	struct timestamp stamp; /* over this seal or, in a bundle, the session's own; time_ns is 0 without */
	struct arena *arena; /* owned */
};

/* Fails only where nothing can be said: the options are wrong, an authority's file
 * cannot be read, memory for the lists is passed. `ret` is to be freed in any case. */
enum status verify_folder(int folder_fd, const struct verify_options *options,
			  struct verify_result *ret, struct error *err) MUST_CHECK;

/* The same of a bundle, which is not unpacked; that no byte of the archive around the files
 * was changed is checked too. */
enum status verify_archive(int fd, const struct verify_options *options, struct verify_result *ret,
			   struct error *err) MUST_CHECK;

/* Are all sessions here of which a second place was told (options->head_file), of those that were
 * told after options->after_ns? Each path is a session folder or bundle, or a folder in which such lie,
 * VERIFY_DEPTH_MAX folders deep at most. Of each its evidence is held against the last head that was
 * told, and nothing else; in `ret`, `files` counts sessions, and `others` are those that are missing.
 * Fails as above. */
enum status verify_all(const char *const paths[], size_t count, const struct verify_options *options, struct verify_result *ret,
		       struct error *err) MUST_CHECK;
void verify_result_free(struct verify_result *r); /* NULL-safe */

#endif
