/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The library writes its sheets to temporary files and does not look whether that
 * succeeded; so what it made is read again before it is taken for a workbook.
 */
#include "report/xlsx.h"

#include <archive.h>
#include <archive_entry.h>
#include <errno.h>
#include <stdio.h>
#include <string.h>

static void make_formats(struct xlsx *x)
{
	for (int i = XLSX_HEADING; i < XLSX_FORMATS; i++)
		x->format[i] = workbook_add_format(x->book);
	format_set_bold(x->format[XLSX_HEADING]);
	format_set_bg_color(x->format[XLSX_HEADING], 0xDCE6F1);
	format_set_bottom(x->format[XLSX_HEADING], LXW_BORDER_THIN);
	format_set_num_format(x->format[XLSX_DATE], "yyyy-mm-dd hh:mm:ss.000");
	format_set_align(x->format[XLSX_DATE], LXW_ALIGN_LEFT);
	format_set_align(x->format[XLSX_DATE], LXW_ALIGN_VERTICAL_TOP);
	format_set_align(x->format[XLSX_TOP], LXW_ALIGN_VERTICAL_TOP);
	format_set_bold(x->format[XLSX_BOLD]);
	format_set_align(x->format[XLSX_BOLD], LXW_ALIGN_VERTICAL_TOP);
	format_set_text_wrap(x->format[XLSX_WRAP]);
	format_set_align(x->format[XLSX_WRAP], LXW_ALIGN_LEFT);
	format_set_align(x->format[XLSX_WRAP], LXW_ALIGN_VERTICAL_TOP);
}

static void make_properties(struct xlsx *x, const struct xlsx_book *b)
{
	lxw_doc_properties p = {
		.title = (char *)b->title,
		.subject = (char *)b->subject,
		.company = "",
		.comments = (char *)b->comments,
		.created = (time_t)(x->facts->to_ns / 1000000000),
	};
	/* 0 would be now, and the same database another file */
	p.created = p.created ? p.created : 1;
	workbook_set_properties(x->book, &p);
}

/* Does each part end as one of its kind does? */
static enum status check_entry(struct archive *from, const char *name, struct error *err)
{
	char end[16] = "", block[65536];
	size_t had = 0;
	la_ssize_t n;
	while ((n = archive_read_data(from, block, sizeof block)) > 0) {
		size_t keep = sizeof end - 1;
		for (la_ssize_t i = n > (la_ssize_t)keep ? n - (la_ssize_t)keep : 0; i < n; i++) {
			if (had == keep)
				memmove(end, end + 1, --had);
			end[had++] = block[i];
		}
	}
	had -= had && end[had - 1] == '\n';
	struct slice last = slice_of(end, had);
	if (n < 0)
		return fail(err, ERR_IO, "%s: %s", name, archive_error_string(from));
	bool sheet = strstr(name, "worksheets/sheet") != NULL && !strstr(name, ".rels");
	if (last.size == 0 || last.at[last.size - 1] != '>' ||
	    (sheet && slice_search(last, SLICE("</worksheet>")) == last.size))
		return fail(err, ERR_IO, "%s was not written to its end: is the folder for temporary files full?", name);
	return OK;
}

static enum status check_book(const char *path, struct error *err)
{
	enum status status = OK;
	struct archive *from = archive_read_new();
	struct archive_entry *entry;
	int got = ARCHIVE_OK;
	archive_read_support_format_zip(from);
	if (archive_read_open_filename(from, path, 65536) != ARCHIVE_OK)
		status = fail(err, ERR_IO, "cannot read the workbook again: %s", archive_error_string(from));
	while (!status && (got = archive_read_next_header(from, &entry)) == ARCHIVE_OK)
		status = check_entry(from, archive_entry_pathname(entry), err);
	if (!status && got != ARCHIVE_EOF)
		status = fail(err, ERR_IO, "the workbook is not whole: %s", archive_error_string(from));
	archive_read_free(from);
	return status;
}

static enum status write_book(struct xlsx *x, const struct xlsx_book *b, int fd, struct error *err)
{
	char path[32];
	lxw_workbook_options options = {.constant_memory = LXW_TRUE, .use_zip64 = LXW_FALSE};
	snprintf(path, sizeof path, "/proc/self/fd/%d", fd);
	x->book = workbook_new_opt(path, &options);
	if (!x->book)
		return fail(err, ERR_UNAVAILABLE, "cannot begin a workbook");
	make_formats(x);
	make_properties(x, b);
	enum status status = b->fill(x, b->of, err);
	/* closing writes the file, frees the workbook, and tells whether both went well */
	errno = 0;
	lxw_error problem = workbook_close(x->book);
	if (!status && problem)
		status = fail_errno(err, ERR_IO, errno ? errno : EIO, "%s", lxw_strerror(problem));
	return status ? status : check_book(path, err);
}

enum status xlsx_book_write(struct xlsx *x, const struct xlsx_book *book, int fd, struct error *err)
{
	x->cell = text_make(8 * XLSX_CELL_MAX);
	x->texts = xlsx_texts_new();
	enum status status = write_book(x, book, fd, err);
	xlsx_texts_free(x->texts);
	text_free(&x->cell);
	return status;
}
