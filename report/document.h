/* SPDX-License-Identifier: Apache-2.0 */
#ifndef REPORT_DOCUMENT_H
#define REPORT_DOCUMENT_H

/*
 * The documents of a session. A writer turns the database into one file; the
 * driver gives it a descriptor that is not the document yet, and puts the file
 * in its place only when it is complete and on disk.
 */

#include "core/store.h"

struct writer {
	const char *name, *suffix, *about;
	/* Writes all of the document to `fd`; reads nothing but the store. `frameworks` as below. */
	enum status (*write)(struct store *store, const char *frameworks, int fd, struct error *err);
	/* Where it is many files: writes them below the folder of the documents; then `write` is NULL. */
	enum status (*write_many)(struct store *store, int report_fd, struct error *err);
};

extern const struct writer writers[];
extern const size_t writer_count;

/* Writes report/report.SUFFIX below the session folder for each of `formats` (a
 * list with commas; NULL: all), over what stood there. The folder report/ is made
 * where it is missing. ERR_USAGE for a format that there is no writer for: then
 * nothing is written. `frameworks` is a list of those whose controls the documents tell of
 * (NULL: those of the policy). */
enum status report_write(struct store *store, int folder_fd, const char *formats, const char *frameworks,
			 struct error *err) MUST_CHECK;

struct oscal_reviews;

/* The same; a document that tells what reviewers decided tells it of these. */
enum status report_write_reviewed(struct store *store, int folder_fd, const char *formats, const char *frameworks,
				  const struct oscal_reviews *reviews, struct error *err) MUST_CHECK;

#endif
