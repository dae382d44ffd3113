/* SPDX-License-Identifier: Apache-2.0 */
#ifndef TESTS_UNIT_XLSX_PART_H
#define TESTS_UNIT_XLSX_PART_H

/* The parts of a workbook, and its sheets by their names. */

#include "tests/unit/test.h"

#include <archive.h>
#include <archive_entry.h>

enum { PART_MAX = 128 << 20 };

/* One part of the workbook, NUL behind it; NULL: there is none of this name. The caller frees it. */
static inline char *part(const struct scratch *s, const char *file, const char *name)
{
	char path[256], *ret = NULL;
	snprintf(path, sizeof path, "%s/%s", s->path, file);
	struct archive *a = archive_read_new();
	struct archive_entry *entry;
	archive_read_support_format_zip(a);
	assert_int_equal(archive_read_open_filename(a, path, 65536), ARCHIVE_OK);
	while (!ret && archive_read_next_header(a, &entry) == ARCHIVE_OK)
		if (!strcmp(archive_entry_pathname(entry), name)) {
			ret = calloc(1, PART_MAX);
			assert_non_null(ret);
			size_t size = 0;
			for (la_ssize_t n; (n = archive_read_data(a, ret + size, PART_MAX - 1 - size)) > 0;)
				size += (size_t)n;
			assert_true(size > 0);
		}
	archive_read_free(a);
	return ret;
}

/* Number of the sheet of that name, from 1; 0: none. */
static inline int sheet_number(const char *book, const char *name)
{
	char wanted[64];
	snprintf(wanted, sizeof wanted, "<sheet name=\"%s\" sheetId=\"", name);
	const char *at = strstr(book, wanted);
	return at ? atoi(at + strlen(wanted)) : 0;
}

/* Where the text of that number begins in the table of those that cells share. */
static inline const char *shared_text(const char *table, long number)
{
	const char *at = strstr(table, "<si>");
	for (; at && number > 0; number--)
		at = strstr(at + 1, "<si>");
	assert_non_null(at);
	return at + strlen("<si>");
}

/* A sheet with each text in its cell, as if none were shared; takes what it is given. */
static inline char *with_texts(char *sheet, const char *table)
{
	static const char mark[] = " t=\"s\"><v>";
	char *ret = calloc(1, PART_MAX), *to = ret, *from = sheet, *at;
	assert_non_null(ret);
	while ((at = strstr(from, mark))) {
		const char *text = shared_text(table, strtol(at + strlen(mark), NULL, 10));
		to = mempcpy(to, from, (size_t)(at - from));
		to = stpcpy(to, " t=\"inlineStr\"><is>");
		to = mempcpy(to, text, (size_t)(strstr(text, "</si>") - text));
		to = stpcpy(to, "</is>");
		from = strstr(at, "</v>") + strlen("</v>");
	}
	stpcpy(to, from);
	free(sheet);
	return ret;
}

static inline char *sheet(const struct scratch *s, const char *file, const char *name)
{
	char path[64], *book = part(s, file, "xl/workbook.xml");
	int number = sheet_number(book, name);
	free(book);
	snprintf(path, sizeof path, "xl/worksheets/sheet%d.xml", number);
	if (!number)
		return NULL;
	char *table = part(s, file, "xl/sharedStrings.xml"), *ret = part(s, file, path);
	ret = table && ret ? with_texts(ret, table) : ret;
	free(table);
	return ret;
}

#endif
