/* SPDX-License-Identifier: Apache-2.0 */
#ifndef REPORT_DRAWN_H
#define REPORT_DRAWN_H

/*
 * What a PDF was drawn with besides the database: the libraries, and the fonts whose letters stand in
 * it. The same of all of these gives the same bytes; another of one may not, whoever is honest.
 */

#include "core/cursor.h"
#include "core/hash.h"
#include "core/json.h"

enum {
	DRAWN_FONTS_MAX = 32, /* more are not told of */
	DRAWN_NAME_MAX = 96,
	DRAWN_VERSION_MAX = 32,
};

enum drawn_library { DRAWN_CAIRO, DRAWN_PANGO, DRAWN_HARFBUZZ, DRAWN_LIBRARIES };

struct drawn_font {
	char name[DRAWN_NAME_MAX]; /* family and style, as "DejaVu Sans Bold" */
	unsigned char digest[HASH_SIZE]; /* SHA-256 of its file */
};

struct drawn {
	char versions[DRAWN_LIBRARIES][DRAWN_VERSION_MAX];
	struct drawn_font fonts[DRAWN_FONTS_MAX]; /* by first use; none: it is not known what it was drawn with */
	size_t count;
};

struct _PangoFont;

/* Fills in the libraries of this process and the files of these fonts, each once. */
void drawn_take(struct _PangoFont *const fonts[], size_t count, struct drawn *ret);

/* As a member "pdf" of an object; nothing where it is not known. */
void drawn_write(const struct drawn *d, struct json *j);

/* Out of that member. False where it is none of ours. */
bool drawn_read(const struct json_value *v, struct drawn *ret) MUST_CHECK;

/* Adds a line for each library and font of `was` that is another in `is`, or not there; false where there is
 * none. Nothing can be said, and nothing is, where one of them is not known. */
bool drawn_differs(const struct drawn *was, const struct drawn *is, struct text *out);

#endif
