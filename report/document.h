/* SPDX-License-Identifier: Apache-2.0 */
#ifndef REPORT_DOCUMENT_H
#define REPORT_DOCUMENT_H

/*
 * The documents of a session. A writer turns the database into one file; the
 * driver gives it a descriptor that is not the document yet, and puts the file
 * in its place only when it is complete and on disk.
 */

#include "core/store.h"
#include "report/form.h"
#include "report/made.h"

struct writer {
	const char *name, *suffix, *about;
	/* Writes all of the document to `fd`; reads nothing but the store. `frameworks` as below. */
	enum status (*write)(struct store *store, const struct report_form *form, int fd, struct error *err);
	/* Where it is many files: writes them below the folder of the documents; then `write` is NULL. */
	enum status (*write_many)(struct store *store, int report_fd, struct error *err);
};

extern const struct writer writers[];
extern const size_t writer_count;

/* Whether report_write() would take these, before there is a database to write of. */
enum status report_check(const char *formats, const struct report_form *form, struct error *err) MUST_CHECK;

/* Writes report/report.SUFFIX below the session folder for each of `formats` (a
 * list with commas; NULL: all), over what stood there, and keeps in report/made.json with
 * which form, and what the PDF was drawn with. The folder report/ is made where it is missing. ERR_USAGE for a format that
 * there is no writer for: then nothing is written. `form`: NULL for what the policy says. */
enum status report_write(struct store *store, int folder_fd, const char *formats, const struct report_form *form,
			 struct error *err) MUST_CHECK;

/* Whether each document in report/ was told of all of these when it was written: those of the database, in their
 * order. What lies there is not verified. */
bool report_tells(int folder_fd, const struct reviews *all);

/* Writes all of them, each with the form that `made` tells; `reviews` are those of the
 * database, also any that came after the documents. `ret_drawn`: what the PDF was drawn with. */
enum status report_write_again(struct store *store, int folder_fd, const struct made *made, const struct reviews *reviews,
			       struct drawn *ret_drawn, struct error *err) MUST_CHECK;

#endif
