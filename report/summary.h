/* SPDX-License-Identifier: Apache-2.0 */
#ifndef REPORT_SUMMARY_H
#define REPORT_SUMMARY_H

/*
 * The verdict for a terminal, and for a program that called us: the same rows as
 * the documents, in short.
 */

#include "core/json.h"
#include "core/store.h"

struct summary_request {
	const char *path;          /* the session folder or database, as it was named */
	const int *command_status; /* wait status of the command; NULL: none */
	bool folder;               /* a folder that is sealed, with documents in it */
	bool colour, verbose;      /* verbose: notes too */
};

/* Adds plain text, LF at the end of each line. Foreign text is made printable. */
enum status summary_text(struct store *store, const struct summary_request *r, struct text *ret,
			 struct error *err) MUST_CHECK;

/* Adds one JSON object. */
enum status summary_json(struct store *store, const struct summary_request *r, struct text *ret,
			 struct error *err) MUST_CHECK;

#endif
