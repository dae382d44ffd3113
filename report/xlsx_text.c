/* SPDX-License-Identifier: Apache-2.0 */
/*
 * A sheet in constant memory has each text in its cell ("inlineStr"), where a text that stands in
 * a million rows is written, compressed and read a million times. The first texts of the workbook,
 * up to a limit, so become shared ones (ECMA-376 part 1, 18.4), as the library itself writes them
 * of a workbook in memory: a number is put into the row that is being filled, and made the number
 * of a text. What lies there until the row is written, lxw_worksheet and lxw_cell of the library's
 * public headers say.
 */
#include "report/xlsx.h"

#include "core/intern.h"

#include <stdlib.h>

enum {
	SHARED_MAX = 1 << 14,	   /* texts */
	SHARED_BYTES_MAX = 4 << 20, /* of all of them */
	SHARED_EACH_MAX = 256,	   /* bytes of one; a longer one is hardly there twice */
};

#define NOT_SHARED UINT32_MAX /* the library had no memory for it */

struct xlsx_texts {
	struct intern *known;
	uint32_t number[SHARED_MAX]; /* in the workbook's table, of each */
};

struct xlsx_texts *xlsx_texts_new(void)
{
	struct xlsx_texts *t = must_alloc(1, sizeof *t);
	t->known = intern_new(SHARED_BYTES_MAX);
	return t;
}

void xlsx_texts_free(struct xlsx_texts *t)
{
	if (!t)
		return;
	intern_free(t->known);
	free(t);
}

static const char *printable(struct xlsx *x, struct slice text)
{
	text_clear(&x->cell);
	text_add_printable(&x->cell, text, XLSX_CELL_MAX);
	return text_string(&x->cell);
}

/* False where the text stands in its cell. */
static bool find_shared(struct xlsx *x, struct slice text, uint32_t *ret)
{
	size_t before = intern_count(x->texts->known);
	if (!text.size || text.size > SHARED_EACH_MAX)
		return false;
	uint32_t at = before < SHARED_MAX ? intern_add(x->texts->known, text) : intern_find(x->texts->known, text);
	if (at == INTERN_NONE)
		return false;
	if (at < before) {
		x->book->sst->string_count++; /* of all cells that show one */
	} else {
		const struct sst_element *e = lxw_get_sst_index(x->book->sst, printable(x, text), LXW_FALSE);
		x->texts->number[at] = e ? e->index : NOT_SHARED;
	}
	*ret = x->texts->number[at];
	return *ret != NOT_SHARED;
}

void xlsx_put(struct xlsx *x, lxw_worksheet *to, lxw_row_t row, lxw_col_t column, struct slice text,
	      enum xlsx_format format)
{
	uint32_t shared;
	if (!find_shared(x, text, &shared)) {
		worksheet_write_string(to, row, column, printable(x, text), x->format[format]);
		return;
	}
	worksheet_write_number(to, row, column, 0, x->format[format]);
	lxw_cell *cell = to->array[column];
	if (!cell || cell->row_num != row)
		return; /* a row that was written already takes nothing more */
	cell->type = STRING_CELL;
	cell->u.string_id = (int32_t)shared;
}
