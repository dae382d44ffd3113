/* SPDX-License-Identifier: Apache-2.0 */
#ifndef REPORT_FORM_H
#define REPORT_FORM_H

/*
 * What a document is written with, besides the database: the same database and the same
 * form give the same bytes.
 */

#include "report/review.h"

enum { FORM_TEXT_MAX = 1024 /* bytes of the list of frameworks */ };

struct drawn;

struct report_form {
	const char *frameworks; /* whose controls it tells of, with commas; NULL: those of the policy */
	const char *paper;      /* "a4" or "letter"; NULL: that of the policy */
	const struct reviews *reviews; /* of the database that is told of; NULL: none */
	struct drawn *drawn; /* gets what a PDF was drawn with, where it is written; NULL: nobody asks */
};

#endif
