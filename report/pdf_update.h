/* SPDX-License-Identifier: Apache-2.0 */
#ifndef REPORT_PDF_UPDATE_H
#define REPORT_PDF_UPDATE_H

/*
 * An incremental update of a PDF (ISO 32000-1, 7.5.6): new objects and newer versions of old
 * ones behind the file as it was, of which no byte changes. For files as the drawing library
 * writes them, with a plain table of cross references; any other is refused.
 */

#include "core/text.h"

enum { PDF_UPDATE_OBJECTS_MAX = 16, PDF_FILE_MAX = 1 << 30 };

struct pdf_update {
	struct slice file; /* not owned; as it was */
	struct text *out;  /* not owned; gets all of the new file */
	uint64_t size;     /* the next free number of an object */
	uint64_t root, info, first_page;
	uint64_t xref_at; /* of the table that was */
	struct {
		uint64_t number, at;
	} objects[PDF_UPDATE_OBJECTS_MAX];
	size_t count;
};

/* Reads where things stand in `file`, and adds all of it to `out`. */
enum status pdf_update_begin(struct slice file, struct text *out, struct pdf_update *ret, struct error *err) MUST_CHECK;

/* A number for a new object. */
uint64_t pdf_update_number(struct pdf_update *u);

/* "N 0 obj" to `out`; what follows is the caller's, up to pdf_update_close(). */
void pdf_update_open(struct pdf_update *u, uint64_t number);
void pdf_update_close(struct pdf_update *u);

/* The dictionary of an object that was, without its "<<" and ">>". */
enum status pdf_update_dictionary(const struct pdf_update *u, uint64_t number, struct slice *ret, struct error *err) MUST_CHECK;

/* Cross references and trailer, with an /ID (14.4) made of the file as it was. */
void pdf_update_end(struct pdf_update *u);

/* "(text)" with what must be escaped (7.3.4.2); bytes beyond ASCII become '?'. */
void pdf_update_string(struct text *out, const char *text);

/* "(D:20261128063000Z)" (7.9.4) */
void pdf_update_date(struct text *out, int64_t ns);

#endif
