/* SPDX-License-Identifier: Apache-2.0 */
#ifndef CLI_FINISH_H
#define CLI_FINISH_H

/*
 * What follows once the raw evidence lies there: database, judgement, documents,
 * seal, and the words on the terminal.
 */

#include "analysis/endpoints.h"
#include "analysis/frameworks.h"
#include "analysis/judge.h"
#include "ingest/ingest.h"

struct finish_request {
	const char *path; /* of the session folder */
	int folder;
	const struct policy *policy; /* NULL: the session's own */
	const struct ingest_logs *logs; /* NULL: the formats that are built in */
	const struct endpoints *rules;  /* NULL: the endpoints that are built in */
	size_t rules_kept; /* how many of their files the folder has; the others are put there */
	const struct frameworks *controls; /* NULL: those that are built in */
	size_t controls_kept; /* how many of their files the folder has; the others are put there */
	const char *key, *certificate; /* to sign with; NULL or "": as signer_get() has it */
	const char *passphrase_file; /* of that key; NULL: as passphrase_from() has it */
	const char *formats; /* NULL: all */
	const char *frameworks; /* whose controls the documents tell of; NULL: those of the policy */
	const char *paper; /* of the PDF: "a4" or "letter"; NULL: that of the policy */
	const char *past; /* where earlier sessions are to be looked for; NULL: nowhere */
	const char *action;  /* for the custody log: "sealed", "judged again", … */
	bool broken_off; /* the collector did not come to its end: PASS cannot be */
	const char *sealed_by, *sealed_at; /* for the custody log; NULL: this user, this host */
	bool quiet, json, verbose;
	bool untold; /* the caller prints what came of it */
	const int *command_status; /* wait status; NULL: none */
};

/* All of it. */
enum status finish_all(const struct finish_request *r, enum verdict *ret, struct error *err) MUST_CHECK;

/* The documents and the seal, from the database as it is. */
enum status finish_documents(const struct finish_request *r, enum verdict *ret,
			     struct error *err) MUST_CHECK;

/* The words, of a folder or a database. */
enum status finish_print(struct store *store, const struct finish_request *r, bool folder,
			 struct error *err) MUST_CHECK;

#endif
