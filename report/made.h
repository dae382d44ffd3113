/* SPDX-License-Identifier: Apache-2.0 */
#ifndef REPORT_MADE_H
#define REPORT_MADE_H

/*
 * report/made.json: the form that each document was written with, where it is not that of
 * the policy, so that whoever makes the documents again makes the same; and what the PDF was
 * drawn with, where there is one, so that they can tell why theirs is another. It has one
 * form: what is read is written anew and compared.
 *
 *   {"documents":[{"file":"report.pdf","frameworks":"hipaa","paper":"letter","reviews":1}],
 *    "pdf":{"cairo":"1.16.0","pango":"1.50.12","harfbuzz":"6.0.0",
 *           "fonts":[{"name":"DejaVu Sans","sha256":"…"}]}}
 */

#include "report/drawn.h"
#include "report/form.h"

#include "core/text.h"

#define MADE_FILE "made.json"

enum { MADE_DOCUMENTS_MAX = 16, MADE_NAME_MAX = 32, MADE_SIZE_MAX = 64 << 10 };

struct made_document {
	char file[MADE_NAME_MAX]; /* below report/ */
	bool has_frameworks, has_paper;
	char frameworks[FORM_TEXT_MAX], paper[MADE_NAME_MAX];
	uint64_t reviews; /* of those over the database, the first so many */
};

struct made {
	struct made_document at[MADE_DOCUMENTS_MAX];
	size_t count;
	struct drawn drawn;
};

/* Puts the form of a document in the place of that which was known; one that says nothing
 * is not listed. False where it is too long to be kept. */
bool made_set(struct made *m, const char *file, const struct report_form *form) MUST_CHECK;

/* The form of a document; texts live as long as `m`. `all` are the reviews of the database,
 * of which `ret_reviews` gets those that the document was told. */
struct report_form made_form(const struct made *m, const char *file, const struct reviews *all,
			     struct reviews *ret_reviews);

void made_write(const struct made *m, struct text *out);

/* False where it is none. */
bool made_read(struct slice json, struct made *ret) MUST_CHECK;

#endif
