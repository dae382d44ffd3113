/* SPDX-License-Identifier: Apache-2.0 */
#include "report/pdf_update.h"

#include "core/clock.h"
#include "core/hash.h"

#include <inttypes.h>
#include <string.h>

enum {
	TAIL = 64,              /* bytes at the end among which "startxref" stands */
	OBJECT_MAX = 1 << 16,   /* bytes of a dictionary */
	ENTRY_SIZE = 20,        /* of a cross reference (7.5.4) */
	ID_SIZE = 16,
	NUMBERS_MAX = 8388607,  /* objects of a file (annex C.2) */
};

static enum status broken(struct error *err, const char *what)
{
	return fail(err, ERR_MALFORMED, "the PDF has %s; it cannot be signed", what);
}

/* The number behind `key` in a dictionary: "/Size 66", "/Root 65 0 R". */
static bool number_of(struct slice dictionary, const char *key, uint64_t *ret)
{
	/* its callers have read it: NOLINTNEXTLINE(clang-analyzer-core.CallAndMessage) */
	size_t at = slice_search(dictionary, slice_of_string(key));
	if (at == dictionary.size)
		return false;
	struct slice rest = slice_trim(slice_part(dictionary, at + strlen(key), 24));
	size_t digits = 0;
	while (digits < rest.size && rest.at[digits] >= '0' && rest.at[digits] <= '9')
		digits++;
	return slice_u64(slice_part(rest, 0, digits), PDF_FILE_MAX, ret);
}

/* The entry of the table for one object: "0000057811 00000 n" and two bytes of line end. */
static bool offset_of(const struct pdf_update *u, uint64_t number, uint64_t *ret)
{
	struct cursor c = cursor_over(slice_part(u->file, u->xref_at, u->file.size));
	struct slice line;
	if (!cursor_line(&c, &line, NULL) || !slice_is(slice_trim(line), "xref") || !cursor_line(&c, &line, NULL) ||
	    !slice_starts(line, "0 "))
		return false;
	cursor_skip(&c, number * ENTRY_SIZE);
	struct slice entry = cursor_take(&c, ENTRY_SIZE);
	struct slice digits = slice_part(entry, 0, 10);
	while (digits.size > 1 && digits.at[0] == '0')
		digits = slice_part(digits, 1, digits.size);
	return entry.size == ENTRY_SIZE && entry.at[17] == 'n' && slice_u64(digits, u->file.size, ret);
}

enum status pdf_update_dictionary(const struct pdf_update *u, uint64_t number, struct slice *ret, struct error *err)
{
	uint64_t at;
	if (!offset_of(u, number, &at))
		return broken(err, "no plain table of cross references");
	struct slice object = slice_part(u->file, at, OBJECT_MAX);
	object = slice_part(object, 0, slice_search(object, SLICE("endobj")));
	size_t from = slice_search(object, SLICE("<<")), to = object.size;
	while (to > from + 4 && !slice_ends(slice_part(object, 0, to), ">>"))
		to--;
	if (from == object.size || to <= from + 4)
		return broken(err, "an object that is no dictionary");
	*ret = slice_part(object, from + 2, to - 2 - (from + 2));
	return OK;
}

static enum status find_first_page(struct pdf_update *u, struct error *err)
{
	struct slice dictionary;
	uint64_t pages;
	enum status status = pdf_update_dictionary(u, u->root, &dictionary, err);
	if (status)
		return status;
	if (!number_of(dictionary, "/Pages", &pages))
		return broken(err, "a catalogue without pages");
	status = pdf_update_dictionary(u, pages, &dictionary, err);
	if (!status && !number_of(dictionary, "/Kids [", &u->first_page))
		return broken(err, "no first page");
	return status;
}

enum status pdf_update_begin(struct slice file, struct text *out, struct pdf_update *ret, struct error *err)
{
	*ret = (struct pdf_update){.file = file, .out = out};
	struct slice tail = slice_part(file, file.size > TAIL ? file.size - TAIL : 0, TAIL);
	size_t at = slice_search(tail, SLICE("startxref"));
	if (file.size > PDF_FILE_MAX || !slice_starts(file, "%PDF-1."))
		return broken(err, "no head of a PDF, or more bytes than this can take");
	struct cursor c = cursor_over(slice_part(tail, at, tail.size));
	struct slice line;
	if (!cursor_line(&c, &line, NULL) || !cursor_line(&c, &line, NULL) ||
	    !slice_u64(slice_trim(line), file.size, &ret->xref_at))
		return broken(err, "no place of its cross references");
	struct slice end = slice_part(file, ret->xref_at, file.size);
	struct slice trailer = slice_part(end, slice_search(end, SLICE("trailer")), OBJECT_MAX);
	if (!number_of(trailer, "/Size", &ret->size) || !number_of(trailer, "/Root", &ret->root) ||
	    !number_of(trailer, "/Info", &ret->info) || ret->size > NUMBERS_MAX)
		return broken(err, "no plain trailer");
	text_add(out, file);
	return find_first_page(ret, err);
}

uint64_t pdf_update_number(struct pdf_update *u)
{
	return u->size++;
}

void pdf_update_open(struct pdf_update *u, uint64_t number)
{
	if (u->count == PDF_UPDATE_OBJECTS_MAX)
		die("more than %d objects in one update", PDF_UPDATE_OBJECTS_MAX);
	u->objects[u->count].number = number;
	u->objects[u->count++].at = u->out->size;
	text_addf(u->out, "%" PRIu64 " 0 obj\n", number);
}

void pdf_update_close(struct pdf_update *u)
{
	text_add_string(u->out, "\nendobj\n");
}

void pdf_update_end(struct pdf_update *u)
{
	unsigned char id[HASH_SIZE];
	size_t at = u->out->size;
	hash_bytes(u->file, id);
	text_add_string(u->out, "xref\n");
	for (size_t i = 0; i < u->count; i++)
		text_addf(u->out, "%" PRIu64 " 1\n%010" PRIu64 " 00000 n \n", u->objects[i].number, u->objects[i].at);
	text_addf(u->out, "trailer\n<< /Size %" PRIu64 " /Root %" PRIu64 " 0 R /Info %" PRIu64 " 0 R /Prev %" PRIu64 "\n   /ID [<",
		  u->size, u->root, u->info, u->xref_at);
	text_add_hex(u->out, id, ID_SIZE);
	text_add_string(u->out, "> <");
	text_add_hex(u->out, id + ID_SIZE, ID_SIZE);
	text_addf(u->out, ">] >>\nstartxref\n%zu\n%%%%EOF\n", at);
}

void pdf_update_string(struct text *out, const char *text)
{
	text_add_char(out, '(');
	for (const char *c = text; *c; c++) {
		if (strchr("()\\", *c))
			text_add_char(out, '\\');
		text_add_char(out, *c >= ' ' && *c <= '~' ? *c : '?');
	}
	text_add_char(out, ')');
}

void pdf_update_date(struct text *out, int64_t ns)
{
	char time[CLOCK_TEXT_MAX];
	clock_text(ns, 0, time);
	text_add_string(out, "(D:");
	for (const char *c = time; *c; c++)
		if ((*c >= '0' && *c <= '9') || *c == 'Z')
			text_add_char(out, *c);
	text_add_char(out, ')');
}
